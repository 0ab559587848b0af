import { ServiceError } from '../domain/service-error.ts';
import { type HomeLock, lockHome } from '../embedded/lock-home.ts';

/** Takes the home for this process; a folder that cannot be made or written is said as such. */
export async function lockOwnHome(home: string): Promise<HomeLock> {
  try {
    return await lockHome(home);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new ServiceError('InvalidInput', `The folder ${home} cannot be used (${String(cause.code)})`, {
      fix: 'Set MAILROOM_HOME to a folder that this user may create and write.',
      cause,
    });
  }
}

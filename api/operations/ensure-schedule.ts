import type { Account } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Makes the schedule what the account asks for; a failure says what is stored all the same. `atOnce`: it is pulled now. */
export async function ensureSchedule(
  { schedules }: Pick<ApiDependencies, 'schedules'>,
  account: Account,
  what: string,
  atOnce = false,
): Promise<void> {
  try {
    await schedules.ensure(account);
    if (atOnce && account.mode !== 'manual' && account.state === 'active') await schedules.resume(account.id);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(error.type, `${what}: ${error.message}`, {
      fix: `${error.fix ?? ''} POST /api/accounts/${account.id}/resume makes the schedule.`.trim(),
      cause: error,
    });
  }
}

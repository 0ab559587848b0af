import { ServiceError } from '../../domain/service-error.ts';
import type { ImapSession } from './create-session.ts';

const OF_FOLDER: ReadonlySet<string> = new Set([
  'NotFound',
  'PermissionDenied',
  'InvalidInput',
  'Unavailable',
]);

/**
 * The failure of one folder of several, while the server answers: it refused that folder alone, whatever its reason,
 * and the others can be read. Throws what concerns the whole account, the reason of `signal` included.
 */
export async function toFolderFailure(
  session: ImapSession,
  folders: readonly string[],
  error: unknown,
  signal: AbortSignal,
): Promise<ServiceError> {
  if (!(error instanceof ServiceError) || !OF_FOLDER.has(error.type) || folders.length === 1) throw error;
  try {
    await session.run(signal, (client) => client.noop());
  } catch (silence) {
    throw silence instanceof ServiceError ? error : silence;
  }
  return error;
}

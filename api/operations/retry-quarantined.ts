import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { restartMessage } from './restart-message.ts';

/** Runs the message of an open entry again. */
export async function retryQuarantined(
  deps: Pick<ApiDependencies, 'messages' | 'quarantine' | 'controls'>,
  entry: QuarantineRow,
): Promise<void> {
  if (entry.resolvedAt !== undefined) {
    throw new ServiceError('Conflict', `The entry was ${entry.resolution ?? 'dealt with'} already`, {
      fix: entry.messageId
        ? `POST /api/messages/${entry.messageId}/retry runs its message again.`
        : 'It is closed.',
    });
  }
  if (entry.messageId === undefined) {
    throw new ServiceError('Conflict', 'It failed at the door, so there is no stored message to run again', {
      // The cursor of an IMAP folder is past its UID: no later pull reads it again.
      fix: 'From files: mend the file and import it again. From IMAP: copy or move the message in the mailbox; the next pull reads the copy. Or skip this entry.',
    });
  }
  await restartMessage(deps, { accountId: entry.accountId, messageId: entry.messageId });
}

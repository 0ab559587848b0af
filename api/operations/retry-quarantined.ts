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
      fix: 'Mend the item and import or pull it again, or skip this entry.',
    });
  }
  await restartMessage(deps, { accountId: entry.accountId, messageId: entry.messageId });
}

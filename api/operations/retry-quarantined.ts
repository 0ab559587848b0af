import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { fetchAgain } from './fetch-again.ts';
import { restartMessage } from './restart-message.ts';

type Needs = Pick<ApiDependencies, 'accounts' | 'batches' | 'messages' | 'quarantine' | 'controls'>;

/** Runs the message of an open entry again, or fetches once more what its mailbox did not hand over. */
export async function retryQuarantined(deps: Needs, entry: QuarantineRow): Promise<void> {
  if (entry.resolvedAt !== undefined) {
    throw new ServiceError('Conflict', `The entry was ${entry.resolution ?? 'dealt with'} already`, {
      fix: entry.messageId
        ? `POST /api/messages/${entry.messageId}/retry runs its message again.`
        : 'It is closed.',
    });
  }
  if (entry.messageId === undefined) {
    if (await isFetchable(deps, entry)) return fetchAgain(deps, entry.accountId, [entry.id]);
    throw new ServiceError('Conflict', 'It failed at the door, so there is no stored message to run again', {
      fix: 'Mend the file and import it again, or skip this entry.',
    });
  }
  await restartMessage(deps, { accountId: entry.accountId, messageId: entry.messageId });
}

/** Its mailbox did not hand it over; what failed in a file has to be imported again. */
export async function isFetchable(
  { batches }: Pick<Needs, 'batches'>,
  entry: QuarantineRow,
): Promise<boolean> {
  return entry.batchId !== undefined && (await batches.get(entry.batchId)).kind === 'pull';
}

import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';

/** The UIDs of the open folder in a UID set such as `7:*` or `3,5`, ascending; `since`: by day of INTERNALDATE. */
export async function findUids(client: ImapFlow, set: string, since?: Date): Promise<number[]> {
  const uids = await client.search({ uid: set, ...(since === undefined ? {} : { since }) }, { uid: true });
  // imapflow turns a refused SEARCH into false: taken for "no mail" it would lose mail in silence.
  if (!Array.isArray(uids)) throw new ServiceError('Unavailable', 'The server refused to search the folder.');
  return uids.sort((a, b) => a - b);
}

import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import { findHighest } from './look-back.ts';
import type { OpenFolder } from './open-folder.ts';

/**
 * Throws InvalidInput when the open folder deals UIDs again that were read already, under the same UIDVALIDITY (RFC 9051
 * 2.3.1.1 forbids it): a server that was set back to an older state. Its next mail would pass for mail that we have.
 */
export async function assertCountsOn(
  client: ImapFlow,
  folder: string,
  { uidNext, exists }: OpenFolder,
  lastUid: number,
): Promise<void> {
  if (uidNext === undefined || uidNext > lastUid) return;
  // A message at or above it shows that it is the number that is wrong.
  if (exists > 0 && (await findHighest(client)) >= uidNext) return;
  throw new ServiceError(
    'InvalidInput',
    `The server numbers new mail of "${folder}" from ${uidNext} on, and ${lastUid} was read already.`,
    {
      fix: 'Was it set back to an older state? Have the UIDVALIDITY of the folder changed: then it is read again, and what is known is recognised.',
    },
  );
}

import { eq } from 'drizzle-orm';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import type { Transaction } from './intake/intake-page.ts';
import { removeMessages } from './remove-messages.ts';
import { delivery, draft, message, messageAlias, tombstone } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export type TombstoneStore = ReturnType<typeof createTombstoneStore>;

/** What was deleted here and stays deleted, though its mailbox may still hold it. */
export function createTombstoneStore(db: Database) {
  return translateFailures({
    /**
     * Deletes a message and remembers each of its identities and its content. False when it is not there.
     * Throws Conflict while nobody knows whether its reply went out.
     */
    async removeMessage(messageId: string, by: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(message).where(eq(message.id, messageId)).for('no key update');
        if (row === undefined) return false;
        await refuseWhileSending(tx, messageId);
        const aliases = await tx
          .select({
            providerKey: messageAlias.providerKey,
            receivedAt: messageAlias.receivedAt,
            size: messageAlias.size,
          })
          .from(messageAlias)
          .where(eq(messageAlias.messageId, messageId));
        const { accountId, contentHash } = row;
        await tx
          .insert(tombstone)
          .values(
            [row, ...aliases].map(({ providerKey, receivedAt, size }) => ({
              ...{ accountId, providerKey, contentHash, by, receivedAt, size },
            })),
          )
          .onConflictDoNothing();
        await removeMessages(tx, [row]);
        return true;
      });
    },
  });
}

/** Holds the draft and its delivery as well, so that no send begins before the message is gone. */
async function refuseWhileSending(tx: Transaction, messageId: string): Promise<void> {
  const [held] = await tx
    .select({ id: draft.id })
    .from(draft)
    .where(eq(draft.messageId, messageId))
    .for('update');
  if (held === undefined) return;
  const [sent] = await tx
    .select({ state: delivery.state })
    .from(delivery)
    .where(eq(delivery.draftId, held.id))
    .for('update');
  if (sent?.state === 'SENDING') {
    throw new ServiceError('Conflict', 'Its reply is being sent at this moment', {
      fix: 'Delete the message once the delivery has ended.',
    });
  }
  if (sent?.state === 'UNKNOWN') {
    throw new ServiceError('Conflict', 'Nobody knows yet whether its reply went out', {
      fix: `Say what became of it, POST /api/drafts/${held.id}/settle, then delete the message.`,
    });
  }
}

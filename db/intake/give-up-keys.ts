import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { message, messageAlias, quarantine, tombstone } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import { toAsideKey } from '../to-aside-key.ts';
import type { Transaction } from './intake-page.ts';

/**
 * These keys are those of other messages from now on, or of none: what had them has left its mailbox, and is known by
 * its content alone. `mark` is of this time only, so that a key may be given up again.
 */
export async function giveUpKeys(
  tx: Transaction,
  accountId: string,
  keys: readonly string[],
  mark: string,
): Promise<void> {
  const aside = toAsideKey(mark);
  for (let from = 0; from < keys.length; from += 500) {
    const some = keys.slice(from, from + 500).map(storableText);
    await tx
      .update(message)
      .set({ providerKey: aside, goneAt: sql`coalesce(${message.goneAt}, now())` })
      .where(and(eq(message.accountId, accountId), inArray(message.providerKey, some)));
    await tx
      .update(messageAlias)
      .set({ providerKey: aside })
      .where(and(eq(messageAlias.accountId, accountId), inArray(messageAlias.providerKey, some)));
    await tx
      .update(tombstone)
      .set({ providerKey: aside })
      .where(and(eq(tombstone.accountId, accountId), inArray(tombstone.providerKey, some)));
    await tx
      .update(quarantine)
      .set({ providerKey: aside })
      .where(
        and(
          eq(quarantine.accountId, accountId),
          inArray(quarantine.providerKey, some),
          isNull(quarantine.messageId),
        ),
      );
  }
}

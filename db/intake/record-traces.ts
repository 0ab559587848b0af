import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { IntakeOutcome } from '../../src/domain/batch.ts';
import { accountDay, message, messageAlias } from '../schema/index.ts';
import { byKey } from './by-key.ts';
import { giveBackKeys } from './give-back-keys.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import type { IntakeItem, IntakePage, Transaction } from './intake-page.ts';

export interface ItemResult {
  readonly outcome: IntakeOutcome;
  readonly messageId: string | null;
}

/** What the ledger, the quotas and the rate of an account need to know of a page of its mailbox. */
export async function recordTraces(
  tx: Transaction,
  page: IntakePage,
  results: readonly ItemResult[],
): Promise<void> {
  if (page.kind === 'import') return;
  await recordAliases(tx, page, results);
  const accepted = page.items.filter((_, index) => results[index]?.outcome === 'accepted');
  if (accepted.length > 0) await recordDay(tx, page.accountId, accepted);
  await recordGone(tx, page.accountId, page.gone ?? []);
}

async function recordAliases(
  tx: Transaction,
  { accountId, items }: IntakePage,
  results: readonly ItemResult[],
): Promise<void> {
  const aliases = items.flatMap((item, index) => {
    const messageId = results[index]?.messageId ?? null;
    if (item.kind !== 'new' || results[index]?.outcome !== 'duplicate') return [];
    if (messageId === null || messageId === item.messageId) return [];
    const { providerKey, receivedAt, size } = item;
    return [{ accountId, providerKey, messageId, why: 'duplicate' as const, receivedAt, size }];
  });
  const others = await giveBackKeys(tx, accountId, aliases);
  await insertInChunks(others.sort(byKey('providerKey')), (rows) =>
    tx.insert(messageAlias).values(rows).onConflictDoNothing(),
  );
}

async function recordDay(tx: Transaction, accountId: string, accepted: readonly IntakeItem[]): Promise<void> {
  const bytes = accepted.reduce((sum, item) => sum + (item.kind === 'new' ? item.size : 0), 0);
  const minute = sql`date_trunc('minute', now())`;
  await tx
    .insert(accountDay)
    .values({
      accountId,
      day: sql`(now() at time zone 'utc')::date`,
      messages: accepted.length,
      bytes,
      minute,
      minuteMessages: accepted.length,
    })
    .onConflictDoUpdate({
      target: [accountDay.accountId, accountDay.day],
      set: {
        messages: sql`${accountDay.messages} + excluded.messages`,
        bytes: sql`${accountDay.bytes} + excluded.bytes`,
        minute,
        minuteMessages: sql`excluded.minute_messages +
          case when ${accountDay.minute} = excluded.minute then ${accountDay.minuteMessages} else 0 end`,
      },
    });
}

async function recordGone(tx: Transaction, accountId: string, gone: readonly string[]): Promise<void> {
  for (let from = 0; from < gone.length; from += 500) {
    const keys = gone.slice(from, from + 500);
    await tx
      .update(message)
      .set({ goneAt: sql`now()` })
      .where(
        and(eq(message.accountId, accountId), inArray(message.providerKey, keys), isNull(message.goneAt)),
      );
  }
}

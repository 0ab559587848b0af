import type { IntakeItem } from '../db/intake/intake-page.ts';
import type { MailboxItem } from '../src/mail/mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';

const YEAR_10000 = Date.UTC(10_000, 0);

/** What a mailbox handed over, ready to be parked: sealed, with its identities. */
export function toIntakeItem(
  deps: Pick<ActivityDependencies, 'identity' | 'sealer'>,
  accountId: string,
  item: MailboxItem,
  known: ReadonlyMap<string, string>,
): IntakeItem {
  const { providerKey, label, raw } = item;
  const messageId = known.get(providerKey);
  if (messageId !== undefined) return { kind: 'known', providerKey, label, messageId };
  if (raw === undefined || item.fault !== undefined) {
    const { type, reason } = item.fault ?? { type: 'InvalidInput', reason: 'The mailbox gave no content' };
    return { kind: 'fault', providerKey, label, failureType: type, reason };
  }
  const sha256 = deps.identity.sourceHash(raw);
  return {
    kind: 'new',
    providerKey,
    label,
    messageId: deps.identity.messageKey(accountId, providerKey),
    sha256,
    contentHash: deps.identity.contentHash(raw, usable(item.receivedAt)),
    sealed: deps.sealer.seal(raw, `source/bytes/${sha256}`),
    size: raw.byteLength,
    receivedAt: usable(item.receivedAt) ?? deps.identity.sentDate(raw, new Date()) ?? new Date(),
  };
}

/** A server may name any instant; one that PostgreSQL cannot hold would stop its whole page. */
function usable(date: Date | undefined): Date | undefined {
  const time = date?.getTime() ?? Number.NaN;
  return time >= 0 && time < YEAR_10000 ? date : undefined;
}

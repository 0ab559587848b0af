import type { LiveMailbox, MailboxItem } from '../../../src/mail/mailbox.ts';

const unable = () => {
  throw new Error('not asked for');
};

/** A mailbox in memory whose cursor is the number of messages that were read. */
export function createListMailbox(mails: readonly Buffer[]): LiveMailbox {
  const receivedAt = new Date('2026-11-02T10:00:00Z');
  const all: readonly MailboxItem[] = mails.map((raw, n) => ({
    ...{ providerKey: `list;${n}`, label: `${n}`, raw, size: raw.byteLength, receivedAt, fault: undefined },
  }));
  return {
    ...{ mark: unable, probe: unable, close: async () => undefined },
    async readPage({ cursor = '0', maxItems, findKnown }) {
      const next = Math.min(Number(cursor) + maxItems, all.length);
      const items = all.slice(Number(cursor), next);
      const known = await findKnown?.(items.map(({ providerKey }) => providerKey));
      return {
        items: items.filter(({ providerKey }) => known?.has(providerKey) !== true),
        ...{ cursor: String(next), done: next === all.length, total: all.length, gone: [] },
      };
    },
    async *list({ cursor = '0' }) {
      yield all.map(({ providerKey, label }, n) => ({
        ...{ providerKey, label, receivedAt, passed: n < Number(cursor), skipped: undefined },
      }));
    },
    async readItems(keys) {
      const items = all.filter(({ providerKey }) => keys.includes(providerKey));
      return { items, gone: [] };
    },
  };
}

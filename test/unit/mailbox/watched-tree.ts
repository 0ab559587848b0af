import { openWatchedFolder } from '../../../src/mail/files/open-watched-folder.ts';
import type { LiveMailbox, MailboxEntry, MailboxItem, PageRequest } from '../../../src/mail/mailbox.ts';
import { pageRequest } from './read-all.ts';

const { signal } = new AbortController();
export const mail = (subject: string) => `From: ada@example.com\r\nSubject: ${subject}\r\n\r\nHello\r\n`;
/** What a test writes is old enough at once. */
export const later = () => Date.now() + 10_000;
export const openTree = (path: string, layout: 'folder' | 'maildir' = 'folder', now: () => number = later) =>
  openWatchedFolder({ path, layout }, { now, settleMs: 20 });

export interface Pass {
  readonly items: MailboxItem[];
  readonly cursor: string;
}

/** One pass; what was read in it is known from then on. */
export async function pass(
  mailbox: LiveMailbox,
  known: Set<string>,
  cursor?: string,
  changes: Partial<PageRequest> = {},
): Promise<Pass> {
  const findKnown = async (keys: readonly string[]) => new Set(keys.filter((key) => known.has(key)));
  const items: MailboxItem[] = [];
  let at = cursor;
  for (;;) {
    const page = await mailbox.readPage(pageRequest({ findKnown, ...changes, cursor: at }));
    items.push(...page.items);
    for (const { providerKey } of page.items) known.add(providerKey);
    at = page.cursor;
    if (page.done) return { items, cursor: at };
  }
}

export async function list(mailbox: LiveMailbox, cursor: string): Promise<MailboxEntry[]> {
  const all: MailboxEntry[] = [];
  const request = { cursor, since: undefined, signal, onProgress: () => undefined };
  for await (const page of mailbox.list(request)) all.push(...page);
  return all;
}
export const labels = (items: readonly { label: string }[]) => items.map(({ label }) => label);

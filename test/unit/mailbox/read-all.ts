import type { Mailbox, MailboxItem, PageRequest } from '../../../src/mail/mailbox.ts';

export function pageRequest(changes: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 100,
    maxBytes: 8 * 1024 * 1024,
    maxMessageBytes: 1024 * 1024,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

/** All items of all pages; with `twice` every page is read again, for a kill before the commit must repeat it. */
export async function readAll(
  mailbox: Mailbox,
  changes: Partial<PageRequest> = {},
  twice = true,
): Promise<MailboxItem[]> {
  const items: MailboxItem[] = [];
  let cursor = changes.cursor;
  for (let pages = 0; pages < 10_000; pages++) {
    const page = await mailbox.readPage(pageRequest({ ...changes, cursor }));
    const again = twice ? await mailbox.readPage(pageRequest({ ...changes, cursor })) : page;
    if (JSON.stringify(again) !== JSON.stringify(page)) throw new Error('The same cursor gave another page');
    items.push(...page.items);
    cursor = page.cursor;
    if (page.done) return items;
  }
  throw new Error('The mailbox never ends');
}

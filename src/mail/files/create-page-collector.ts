import type { MailboxItem, PageRequest } from '../mailbox.ts';

export interface PageCollector {
  readonly items: MailboxItem[];
  /** True when the page is full with this item. */
  add(item: MailboxItem): boolean;
  /** Tells the caller that reading goes on although no item arrived. */
  touch(): void;
}

/** Gathers items until a page holds `maxItems` or `maxBytes`. Items with a fault hold no bytes. */
export function createPageCollector(request: PageRequest): PageCollector {
  const items: MailboxItem[] = [];
  let bytes = 0;
  return {
    items,
    add(item) {
      items.push(item);
      bytes += item.raw?.byteLength ?? 0;
      request.onProgress(items.length);
      return items.length >= request.maxItems || bytes >= request.maxBytes;
    },
    touch: () => request.onProgress(items.length),
  };
}

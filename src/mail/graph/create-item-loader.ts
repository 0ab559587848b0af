import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { loadItems, PATIENCE_MS } from './load-items.ts';

/** What failed is kept in the cursor. Where so many wait, they are tried as often as has to be, and are faults then. */
const MOST_WAITING = 200;
/** Of what failed before, where all fail again: two each (`MOST_FAILURES`). */
const MOST_RETRIES = 10;

export type ItemLoader = ReturnType<typeof createItemLoader>;

/**
 * Loads what one page of a folder holds, up to the room of `request`. What failed before waits for `retry`: tried first,
 * it would fill each page for as long as it has time, and new mail would wait.
 */
export function createItemLoader(
  session: GraphSession,
  name: string,
  request: PageRequest,
  all: readonly ListedMessage[],
) {
  const failed = all.filter((message) => message.failed !== undefined);
  const isPatient = failed.length <= MOST_WAITING;
  let waiting: readonly ListedMessage[] = isPatient ? failed : [];
  const items: MailboxItem[] = [];
  const stubborn: ListedMessage[] = [];
  let bytes = 0;
  const isFull = () => items.length >= request.maxItems || bytes >= request.maxBytes;

  /** Answers what is still to be loaded. */
  async function load(messages: readonly ListedMessage[]): Promise<readonly ListedMessage[]> {
    const before = items.length;
    const room = {
      ...request,
      maxItems: request.maxItems - before,
      maxBytes: request.maxBytes - bytes,
      onProgress: (count: number) => request.onProgress(before + count),
    };
    const loaded = await loadItems(session, messages, name, room, isPatient ? PATIENCE_MS : 0);
    items.push(...loaded.items);
    bytes += loaded.items.reduce((sum, item) => sum + (item.raw?.byteLength ?? 0), 0);
    stubborn.push(...loaded.stubborn);
    return loaded.rest;
  }

  return {
    items,
    /** What is to be loaded first. */
    fresh: isPatient ? all.filter((message) => message.failed === undefined) : all,
    isFull,
    load,

    /** Once a pull, when nothing else is left; some of them, if there are many. */
    async retry(): Promise<void> {
      for (let tries = 0; tries < MOST_RETRIES && waiting.length > 0 && !isFull(); tries++) {
        const left = await load(waiting).catch((error: unknown) => {
          if (items.length === 0 || !isPassing(error)) throw error;
          return waiting;
        });
        if (left.length === waiting.length) return;
        waiting = left;
      }
    },

    /** For another pull. */
    getFailed: () => [...waiting, ...stubborn],
  };
}

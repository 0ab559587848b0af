import type { MailboxItem, PageRequest } from '../mailbox.ts';
import { createItemLoader } from './create-item-loader.ts';
import type { GraphSession } from './create-session.ts';
import type { FolderPosition } from './graph-cursor.ts';
import { isPassing } from './is-passing.ts';
import { beginFolder, type Changes, readChanges } from './read-changes.ts';

export interface FolderPage {
  readonly items: readonly MailboxItem[];
  /** Ids of what left the folder. */
  readonly removed: ReadonlySet<string>;
  /** Ids of what was told to be in it, and did not leave it after that. */
  readonly present: ReadonlySet<string>;
  readonly position: FolderPosition;
  /** Nothing more in this folder for now. */
  readonly exhausted: boolean;
}

/** Pages of changes that are followed for one page of items: a round may go over much that is known. */
const MAX_CHANGES = 20;

/** The next messages of one folder, from `known` on, or from its first when there is none. */
export async function readFolderPage(
  session: GraphSession,
  name: string,
  known: FolderPosition | undefined,
  request: PageRequest,
): Promise<FolderPage> {
  let position = known ?? (await beginFolder(session, name, undefined, request));
  const loader = createItemLoader(session, name, request, position.rest);
  const { items } = loader;
  position = { ...position, rest: loader.fresh };
  const removed = new Set<string>();
  const present = new Set<string>();
  let over = false;
  for (let changes = 0; ; changes++) {
    const rest = await loader.load(position.rest);
    position = { ...position, rest };
    if (over && rest.length === 0) {
      await loader.retry();
      return toPage(session.getWaitMs() === 0);
    }
    if (over || loader.isFull() || changes >= MAX_CHANGES || rest.length > 0) return toPage(false);
    const next = await readNext();
    if (next === undefined) return toPage(false);
    note(next);
    const failed = new Set(loader.getFailed().map(({ id }) => id));
    position = { ...next.position, rest: next.position.rest.filter(({ id }) => !failed.has(id)) };
    over = next.complete;
    request.onProgress(items.length);
  }

  /** The last word on a message counts, from whichever page of changes. */
  function note(changes: Changes): void {
    for (const id of changes.present) {
      removed.delete(id);
      present.add(id);
    }
    for (const id of changes.removed) {
      present.delete(id);
      removed.add(id);
    }
  }

  function toPage(exhausted: boolean): FolderPage {
    const rest = [...position.rest, ...loader.getFailed()];
    return { items, removed, present, position: { ...position, rest }, exhausted };
  }

  /** Undefined: it failed for now, and the items that are there come first. */
  async function readNext(): Promise<Changes | undefined> {
    try {
      return await readChanges(
        session,
        name,
        position,
        besides(request, items),
        position.link === known?.link,
      );
    } catch (error) {
      if (items.length === 0 || !isPassing(error)) throw error;
      return undefined;
    }
  }
}

/** What this very page holds is not committed yet, and need not come twice either. */
export function besides(request: PageRequest, items: readonly MailboxItem[]): PageRequest {
  const { findKnown } = request;
  return {
    ...request,
    findKnown: async (keys) => {
      const known = new Set(await findKnown?.(keys));
      for (const { providerKey } of items) known.add(providerKey);
      return known;
    },
  };
}

import { ServiceError } from '../../../domain/service-error.ts';
import type { LiveMailbox, MailboxMark } from '../../mailbox.ts';
import { toPrintableName } from './disk-name.ts';
import type { FileEntry } from './file-entry.ts';
import { findUnfinished } from './find-unfinished.ts';
import { isSettled } from './is-settled.ts';
import { listTree } from './list-tree.ts';
import { readTreeItems } from './read-tree-items.ts';
import { readTreePage } from './read-tree-page.ts';
import { type WatchOptions, watchTree } from './watch-tree.ts';

export interface TreeLayout {
  readonly root: string;
  readonly list: () => Promise<readonly FileEntry[]>;
  readonly mark: (entry: FileEntry, mark: MailboxMark) => Promise<boolean>;
  readonly watch?: WatchOptions;
  readonly now?: () => number;
}

/** Files below a folder as a mailbox. Each page lists the folder anew: nothing is remembered but what the cursor says. */
export function createTreeMailbox({
  root,
  list: find,
  mark,
  watch,
  now = Date.now,
}: TreeLayout): LiveMailbox {
  const list = async () => findUnfinished(root, await find(), now());
  return {
    readPage: async (request) => readTreePage(root, await list(), request, now()),
    async *list(request) {
      yield* listTree(root, await list(), request, now());
    },
    readItems: async (keys, request) => readTreeItems(root, await list(), keys, request),
    async mark(providerKey, wanted) {
      const entries = await list();
      const entry = entries.find(({ kind, key }) => kind === 'message' && key === providerKey);
      if (entry !== undefined) return mark(entry, wanted);
      // A message within a container cannot be marked, and is not gone.
      return entries.some(({ kind }) => kind === 'container') && !/^(?:file|maildir):/.test(providerKey);
    },
    async probe() {
      const entries = await list();
      const files = entries.filter(({ fault, skipped }) => fault === undefined && skipped === undefined);
      const waiting = files.filter((entry) => !isSettled(entry, now())).length;
      const containers = files.filter(({ kind }) => kind === 'container').length;
      const [broken] = entries.filter(({ fault }) => fault !== undefined);
      if (broken !== undefined) {
        throw new ServiceError(
          'PermissionDenied',
          `${toPrintableName(broken.path)} cannot be read. ${broken.fault}`,
          {
            fix: 'Let the user that the worker runs as read every folder below the watched one.',
          },
        );
      }
      const parts = [
        `${files.length - containers} messages`,
        ...(containers === 0 ? [] : [`${containers} files with many`]),
        ...countLeftAlone(entries),
        ...(waiting === 0 ? [] : [`${waiting} of them are still being written`]),
      ];
      return [`${root}: ${parts.join(', ')}`];
    },
    watch: (request) => watchTree(root, request, watch),
    close: async () => undefined,
  };
}

function countLeftAlone(entries: readonly FileEntry[]): string[] {
  const others = entries.filter(({ kind }) => kind === 'other');
  const named = others.filter(({ skipped }) => skipped === 'no mail by its name').length;
  const rest = others.length - named;
  return [
    ...(named === 0
      ? []
      : [`${named} ${toFiles(named)} left alone: no mail by ${named === 1 ? 'its name' : 'their names'}`]),
    ...(rest === 0 ? [] : [`${rest} ${toFiles(rest)} left alone: links and what is no file`]),
  ];
}

function toFiles(count: number): string {
  return count === 1 ? 'file' : 'files';
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { LiveMailbox } from '../mailbox.ts';
import { toReadFault } from './to-read-fault.ts';
import { createTreeMailbox } from './watched/create-tree-mailbox.ts';
import { listFolder } from './watched/list-folder.ts';
import { listMaildir } from './watched/list-maildir.ts';
import { markFile, markMaildir } from './watched/mark-file.ts';

interface Options {
  readonly now?: () => number;
  /** For tests. */
  readonly settleMs?: number;
}

/**
 * A folder on this machine that mail is put into: `.eml`, and mbox, JSON, NDJSON and CSV files with many messages, at any
 * depth; or a Maildir. Throws Unavailable while it is not there, InvalidInput when it is none.
 */
export async function openWatchedFolder(
  settings: FilesSettings,
  options: Options = {},
): Promise<LiveMailbox> {
  const root = settings.path;
  await assertFolder(root);
  const shared = {
    root,
    ...(options.now && { now: options.now }),
    ...(options.settleMs === undefined ? {} : { watch: { settleMs: options.settleMs } }),
  };
  if (settings.layout === 'folder') {
    return createTreeMailbox({
      ...shared,
      list: () => listFolder(root),
      mark: (entry, mark) => markFile(root, entry, mark),
    });
  }
  await assertMaildir(root);
  return createTreeMailbox({
    ...shared,
    list: () => listMaildir(root),
    mark: (entry, mark) => markMaildir(root, entry, mark),
  });
}

async function assertMaildir(root: string): Promise<void> {
  for (const part of ['new', 'cur']) {
    const found = await stat(join(root, part)).catch(() => undefined);
    if (found?.isDirectory()) continue;
    throw new ServiceError('InvalidInput', `${root} is no Maildir: it has no folder ${part}`, {
      fix: 'Name the folder that holds new, cur and tmp, or set the layout to folder.',
    });
  }
}

async function assertFolder(root: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    const { type, reason } = toReadFault(error);
    const fault = type === 'NotFound' ? 'There is no such folder.' : reason;
    throw new ServiceError('Unavailable', `The folder ${root} cannot be read: ${fault}`, {
      fix: 'Check that it is there, mounted, and readable for the user that the worker runs as.',
      cause: error,
    });
  });
  if (found.isDirectory()) return;
  throw new ServiceError('InvalidInput', `${root} is no folder`, { fix: 'Name a folder.' });
}

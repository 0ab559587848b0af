import { resolve as toAbsolute } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { WatchRequest } from '../../mailbox.ts';
import { SETTLE_MS, UNFINISHED_MS } from './is-settled.ts';

const POLL_MS = 5_000;
/** Nothing to be told of within the folder: temporary names, and what Maildir delivers from. */
const IGNORED = /(?:\.(?:tmp|part|crdownload)|[\\/]tmp)$/i;

export interface WatchOptions {
  /** Once a file was not written for so long, it is told of. */
  readonly settleMs?: number;
  /** And once more, for what looked unfinished then. */
  readonly unfinishedMs?: number;
  /** Ask the disk every few seconds; where the system cannot tell (network shares) it is done anyway. */
  readonly usePolling?: boolean;
}

/** Tells of files that come or change, once they are written. Rejects with Unavailable when the disk cannot be watched. */
export async function watchTree(
  root: string,
  { signal, onArrival }: WatchRequest,
  { settleMs = SETTLE_MS + 100, unfinishedMs = UNFINISHED_MS + 100, usePolling = false }: WatchOptions = {},
): Promise<void> {
  const { watch } = await import('chokidar');
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    usePolling,
    interval: POLL_MS,
    ignored: (path) => IGNORED.test(path) && toAbsolute(path) !== toAbsolute(root),
  });
  let timer: NodeJS.Timeout | undefined;
  let isMore = false;
  // Not put off by what goes on coming: told of at once when due, and again for what came meanwhile.
  let last: NodeJS.Timeout | undefined;
  const arrive = () => {
    isMore = timer !== undefined;
    timer ??= setTimeout(() => {
      timer = undefined;
      onArrival();
      if (isMore) arrive();
    }, settleMs);
  };
  const hear = () => {
    arrive();
    clearTimeout(last);
    last = setTimeout(onArrival, unfinishedMs);
  };
  try {
    const failure = await new Promise<unknown>((resolve) => {
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      watcher.on('add', hear).on('change', hear).on('unlinkDir', hear).on('error', resolve);
    });
    if (failure === undefined) return;
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'no code';
    // Out of watches (ENOSPC, EMFILE): asking the disk needs none.
    if (!usePolling && (code === 'ENOSPC' || code === 'EMFILE')) {
      await watchTree(root, { signal, onArrival }, { settleMs, unfinishedMs, usePolling: true });
      return;
    }
    throw new ServiceError('Unavailable', `The folder cannot be watched (${code})`, { cause: failure });
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    await watcher.close();
  }
}

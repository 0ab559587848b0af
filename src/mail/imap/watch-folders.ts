import { setTimeout as sleep } from 'node:timers/promises';
import type { ExistsEvent, ImapFlow } from 'imapflow';
import type { WatchRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { askStatus } from './look-at-folder.ts';
import { isOpen, openFolder } from './open-folder.ts';

export interface WatchPace {
  /** Between two looks at the folders that are not idled on, in milliseconds. */
  readonly othersMs: number;
  /** The same for all folders when the server has no IDLE. */
  readonly withoutIdleMs: number;
}

/**
 * A look ends the IDLE, asks for the STATUS of each folder and idles again. That is 60 bytes and 190 for each folder
 * (Dovecot): 1.1 MB a day for an account with one more folder. Their mail waits for 10 s on average, 20 s at most.
 */
const OTHERS_MS = 20_000;
/** More than 20 folders are looked at less often, and so is a slow server: whoever pulls needs the connection, too. */
const MS_PER_FOLDER = 1_000;
const RESTS_PER_LOOK = 10;
const WITHOUT_IDLE_MS = 30_000;
/** Nothing to poll: a timer of Node's cannot wait for more than 24 days. */
const FOREVER_MS = 2 ** 31 - 1;

/**
 * Tells of mail as it comes: IDLE (RFC 2177) on the first folder, STATUS of the others. Calls at the start, too, for
 * what came before. Rejects with Unavailable when the connection is lost, with NotFound when the first folder is gone.
 */
export async function watchFolders(
  session: ImapSession,
  folders: readonly string[],
  { signal, onArrival }: WatchRequest,
  pace: WatchPace = toPace(folders.length),
): Promise<void> {
  const isOver = () => signal.aborted;
  if (isOver()) return;
  const [first = 'INBOX', ...others] = folders;
  const lost = new AbortController();
  const ended = AbortSignal.any([signal, lost.signal]);
  const news = createNews(onArrival);
  let heard: ImapFlow | undefined;
  const onExists = ({ count, prevCount }: ExistsEvent) => {
    if (heard !== undefined && isOpen(heard, first) && count > prevCount) news.add(first, count - prevCount);
  };
  const settle = async (client: ImapFlow) => {
    if (heard !== client) client.on('exists', onExists);
    heard = client;
    if (!isOpen(client, first)) await openFolder(client, first);
    if (client.mailbox !== false) news.look(first, client.mailbox.uidValidity, client.mailbox.uidNext);
  };
  const leave = session.attend({ settle, lost: (error) => lost.abort(error) });
  try {
    // Now, and not when the connection rests: others may keep it busy for long.
    await session.run(ended, settle);
    for (;;) {
      const { idles, tookMs } = await session.run(ended, (client) => look(client, others, news));
      const pollMs = others.length > 0 ? pace.othersMs : FOREVER_MS;
      const restMs = Math.max(idles ? pollMs : pace.withoutIdleMs, RESTS_PER_LOOK * tookMs);
      await sleep(restMs, undefined, { signal: ended, ref: false });
    }
  } catch (error) {
    if (isOver()) return;
    // The loss ends the wait; its own reason says more than that.
    if (lost.signal.aborted) throw lost.signal.reason;
    throw error;
  } finally {
    leave();
    heard?.off('exists', onExists);
  }
}

const toPace = (folders: number): WatchPace => ({
  othersMs: Math.max(OTHERS_MS, folders * MS_PER_FOLDER),
  withoutIdleMs: Math.max(WITHOUT_IDLE_MS, folders * MS_PER_FOLDER),
});

/** Without IDLE, NOOP lets the server tell of the open folder (RFC 9051 6.1.2). The time is without that of waiting. */
async function look(
  client: ImapFlow,
  others: readonly string[],
  news: News,
): Promise<{ readonly idles: boolean; readonly tookMs: number }> {
  const startedAt = performance.now();
  const idles = client.capabilities.has('IDLE');
  if (!idles) await client.noop();
  for (const folder of others) {
    // One that is gone is for the pull to tell.
    const status = await askStatus(client, folder);
    if (status !== undefined) news.look(folder, status.uidValidity, status.uidNext);
  }
  return { idles, tookMs: performance.now() - startedAt };
}

interface News {
  /** So many came, as EXISTS says. */
  add(folder: string, count: number): void;
  /** The folder as it is now: whatever came unnoticed shows in its UIDNEXT. */
  look(folder: string, uidValidity: bigint | string | undefined, uidNext: number | undefined): void;
}

function createNews(onArrival: () => void): News {
  const known = new Map<string, { readonly uidValidity: string; readonly uidNext: number }>();
  return {
    add(folder, count) {
      const before = known.get(folder);
      if (before !== undefined) known.set(folder, { ...before, uidNext: before.uidNext + count });
      onArrival();
    },
    look(folder, uidValidity, uidNext = 0) {
      const now = { uidValidity: String(uidValidity), uidNext };
      const before = known.get(folder);
      // imapflow does not keep the open folder's UIDNEXT current: a lower one is an older one.
      if (before?.uidValidity === now.uidValidity && now.uidNext <= before.uidNext) return;
      known.set(folder, now);
      // At the first look, too: what came before it is told by nobody else.
      onArrival();
    },
  };
}

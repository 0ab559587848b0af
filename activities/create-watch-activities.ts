import type { WatchActivities } from '../src/contract/activities.ts';
import type { Account } from '../src/domain/account.ts';
import { isPushed } from '../src/domain/is-pushed.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { LiveMailbox, WatchRequest } from '../src/mail/mailbox.ts';
import { assertNoWait } from './assert-no-wait.ts';
import { createNotifier } from './create-notifier.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';

/** How soon a watch ends once its account is paused, removed or set up anew. */
const LOOK_MS = 15_000;

type WatchingDependencies = Pick<
  ActivityDependencies,
  'accounts' | 'guard' | 'notifyArrival' | 'now' | 'openAccount' | 'stopping'
>;
type Ending = 'no longer watched' | 'set up anew' | 'stopped';

/** Waits at mailboxes. Nothing is read here: the puller is told, and reads from its cursor. */
export function createWatchActivities(deps: WatchingDependencies): WatchActivities {
  return {
    async watchMailbox({ accountId }) {
      const account = await deps.accounts.find(accountId);
      if (account === undefined || !isPushed(account)) return false;
      await assertNoWait(deps, accountId);
      return withHeartbeat(async (cancelled) => {
        const mailbox = await deps.guard(`mailbox/${accountId}`, () => deps.openAccount(account));
        try {
          if (mailbox.watch === undefined) return false;
          const ending = await watch(deps, account, mailbox.watch.bind(mailbox), cancelled);
          // A worker that stops hands the watch to another one.
          if (ending === 'stopped')
            throw new ServiceError('Unavailable', 'The worker stops', { retryAfterMs: 100 });
          return ending === 'set up anew';
        } finally {
          await mailbox.close();
        }
      });
    },
  };
}

async function watch(
  deps: WatchingDependencies,
  account: Account,
  open: NonNullable<LiveMailbox['watch']>,
  cancelled: AbortSignal,
): Promise<Ending> {
  const ended = new AbortController();
  const { stopping } = deps;
  const signal = AbortSignal.any([cancelled, ended.signal, ...(stopping === undefined ? [] : [stopping])]);
  const arrivals = createNotifier(() => deps.notifyArrival(account.id));
  const request: WatchRequest = { signal, onArrival: arrivals.notify };
  const watching = open(request).then((): Ending => 'stopped');
  try {
    return await Promise.race([watching, lookAfter(deps, account, signal), arrivals.failed]);
  } finally {
    ended.abort();
    await watching.catch(() => undefined);
  }
}

/** Resolves when the account is not to be watched any more, or in another way. */
async function lookAfter(
  deps: Pick<WatchingDependencies, 'accounts'>,
  account: Account,
  signal: AbortSignal,
): Promise<Ending> {
  for (;;) {
    if (!(await wait(LOOK_MS, signal))) return 'stopped';
    const now = await deps.accounts.find(account.id).catch(ignoreOutage);
    if (now === 'unknown') continue;
    if (now === undefined || !isPushed(now)) return 'no longer watched';
    if (settingOf(now) !== settingOf(account)) return 'set up anew';
  }
}

/** False when it was cut short. Leaves no listener behind: a watch waits like this for weeks. */
function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const cut = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cut);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', cut, { once: true });
    if (signal.aborted) cut();
  });
}

/** A mailbox can be waited at while Postgres restarts. */
function ignoreOutage(error: unknown): 'unknown' {
  if (error instanceof ServiceError && error.type === 'Unavailable') return 'unknown';
  throw error;
}

function settingOf({ kind, imap, files, oauth }: Account): string {
  return JSON.stringify({ kind, imap, files, oauth });
}

import type { FetchPageFacts, FetchPageRequest } from '../src/contract/activities.ts';
import type { Account } from '../src/domain/account.ts';
import { findAdmission, findSince } from '../src/domain/admission.ts';
import { type AskedWait, findAskedWait, toAskedWait } from '../src/domain/asked-wait.ts';
import { toReadCursor } from '../src/domain/cursor-reset.ts';
import { isPushed } from '../src/domain/is-pushed.ts';
import { joinPullError } from '../src/domain/pull-error.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { LiveMailbox, MailboxPage } from '../src/mail/mailbox.ts';
import { assertStillRefused } from './assert-still-refused.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { parkPage } from './park-page.ts';
import { withMailbox } from './with-mailbox.ts';

/** Parked for so long without a run: whatever should have started it is gone. */
const FORGOTTEN_MINUTES = 10;
const NOTHING: FetchPageFacts = { messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: true };

/** The next page of an account's mailbox: as much as its limits admit, parked with the cursor in one transaction. */
export async function pullPage(
  deps: ActivityDependencies,
  request: FetchPageRequest,
  cursor: string | undefined,
): Promise<FetchPageFacts> {
  const { accountId, page, maxItems } = request;
  const account = await deps.accounts.get(accountId);
  if (account.state !== 'active') return NOTHING;
  const startedAt = deps.now();
  const findForgotten = async () => {
    const again = await deps.intake.findForgotten(accountId, FORGOTTEN_MINUTES, maxItems);
    return { messageIds: again, ...(again.length > 0 && { again }) };
  };
  // Told of new mail, or after a pull that gave up: the provider is left alone all the same.
  const [wait, secret, tokensAt] = await Promise.all([
    deps.accounts.findWait(accountId),
    deps.accounts.findSecret(accountId),
    deps.tokens.findUpdatedAt(accountId),
  ]);
  if (wait !== undefined) return { ...NOTHING, ...(await findForgotten()), done: false, waitMs: wait.forMs };
  const taken = await deps.intake.findTaken(accountId);
  const admission = findAdmission(account.limits, taken, maxItems, startedAt);
  if (admission.held !== undefined) {
    // What was parked and lost its start takes places that it would never give back.
    const forgotten = await findForgotten();
    await deps.accounts.recordPull(accountId, undefined);
    if (admission.held === 'quota') return { ...NOTHING, ...forgotten };
    return { ...NOTHING, ...forgotten, done: false, waitMs: admission.waitMs };
  }
  try {
    const { read, push } = await readPage(deps, account, { page, cursor, maxItems: admission.maxItems });
    const parked = await parkPage(deps, request, cursor, read);
    const asked = toPageWait(account, read);
    await deps.accounts.recordPull(accountId, undefined, asked && { ...asked, at: read.cursor });
    if (read.done) await deps.accounts.recordSync(accountId, startedAt);
    const forgotten = page === 0 ? await findForgotten() : { messageIds: [] };
    const messageIds = [...new Set([...parked.messageIds, ...forgotten.messageIds])];
    return {
      ...parked,
      ...forgotten,
      messageIds,
      // Not in a wait: the pull would be held up by it twice.
      ...(push !== undefined && asked === undefined && { push }),
      ...(asked !== undefined && { waitMs: asked.forMs }),
    };
  } catch (error) {
    if (error instanceof ServiceError) {
      await assertStillRefused(deps, account, { secret, tokensAt }, error);
      const asked = findAskedWait(error);
      await deps.accounts.recordPull(
        accountId,
        joinPullError(error.message, error.fix),
        asked && { ...asked, at: cursor },
      );
    }
    throw error;
  }
}

/** What a page says before the next one; that it was refused a part of itself is all that is known of why. */
function toPageWait({ graph, gmail, imap }: Account, { waitMs }: MailboxPage): AskedWait | undefined {
  const baseUrl = graph?.baseUrl ?? gmail?.baseUrl;
  const host = baseUrl === undefined ? (imap?.host ?? 'Its mailbox') : new URL(baseUrl).host;
  return toAskedWait(waitMs, `${host} asks to slow down`);
}

async function readPage(
  deps: ActivityDependencies,
  account: Account & { readonly lastSyncedAt: Date | undefined },
  { page, cursor, maxItems }: { page: number; cursor: string | undefined; maxItems: number },
): Promise<{ read: MailboxPage; push: FetchPageFacts['push'] }> {
  const since = findSince(account.limits?.lookBackDays, account.lastSyncedAt, deps.now());
  const { maxMessageBytes, pageBytes: maxBytes } = deps.limits;
  return withMailbox(deps, account, async (mailbox, signal, onProgress) => {
    const read = await mailbox.readPage({
      cursor: toReadCursor(cursor),
      maxItems,
      maxBytes,
      maxMessageBytes,
      since,
      findKnown: (keys) => findKnown(deps, account.id, keys),
      signal,
      onProgress,
    });
    return { read, push: await findPush(deps, account, mailbox, { page, done: read.done }) };
  });
}

/** What was deleted here need not be fetched again either. */
async function findKnown(
  { intake }: ActivityDependencies,
  accountId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const [known, deleted] = await Promise.all([
    intake.findKnown(accountId, keys),
    intake.findDeleted(accountId, keys),
  ]);
  return new Set([...known.keys(), ...deleted]);
}

/**
 * How the provider is to tell of new mail; undefined: it cannot, it need not, or it does already. It is asked for that
 * once a pull, and again at its end: in between there may have been a wait.
 */
async function findPush(
  deps: ActivityDependencies,
  account: Account,
  mailbox: LiveMailbox,
  { page, done }: { page: number; done: boolean },
): Promise<FetchPageFacts['push']> {
  if (!isPushed(account)) return undefined;
  if (mailbox.watch !== undefined) return page === 0 ? 'watch' : undefined;
  if (page > 0 && !done) return undefined;
  if (mailbox.subscribe === undefined || deps.publicUrl === undefined) return undefined;
  return (await deps.push.isDue(account.id, deps.now())) ? 'subscribe' : undefined;
}

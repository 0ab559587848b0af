import type { AuditFacts, AuditRequest } from '../src/contract/upkeep-activities.ts';
import { findSince } from '../src/domain/admission.ts';
import { toReadCursor } from '../src/domain/cursor-reset.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { LiveMailbox } from '../src/mail/mailbox.ts';
import { assertActive } from './assert-active.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';
import { runErrand } from './run-errand.ts';
import { toPlaces } from './to-places.ts';

/** What `LiveMailbox.list` fails with once all that can be listed was. */
const OF_PART: ReadonlySet<string> = new Set(['NotFound', 'PermissionDenied']);

/**
 * Lists all that the mailbox holds and compares it with our rows. An attempt that was cut off begins again: a list is
 * of one moment.
 */
export async function auditMailbox(
  deps: ActivityDependencies,
  { accountId, auditId }: AuditRequest,
): Promise<AuditFacts> {
  const account = await deps.accounts.get(accountId);
  await withHeartbeat(() => deps.audits.begin(accountId, auditId));
  assertActive(account);
  // Before the list is made: what the cursor passed by then is in our rows, or lost.
  const cursor = toReadCursor(await deps.intake.findCursor(accountId));
  const since = findSince(account.limits?.lookBackDays, account.lastSyncedAt, deps.now());
  const listed = new Set<string>();
  const onListed = (folder: string) => void listed.add(folder);
  const incomplete = await runErrand(deps, account, (mailbox, signal, onProgress) =>
    list(deps, auditId, mailbox.list({ cursor, since, signal, onProgress, onListed }), signal),
  );
  const present = assertActive(await deps.accounts.get(accountId));
  if (toPlaces(account) !== toPlaces(present)) {
    throw new ServiceError('Unavailable', 'The account reads another mailbox or other folders by now', {
      fix: 'It is listed anew.',
      retryAfterMs: 1_000,
    });
  }
  const folders = account.imap?.folders ?? account.graph?.folders;
  const unlisted = folders?.filter((folder) => !listed.has(folder));
  const missing = await withHeartbeat(() =>
    deps.audits.compare(accountId, auditId, incomplete === undefined, unlisted),
  );
  return { missing, incomplete };
}

/** Why a part could not be listed; undefined: all was. */
async function list(
  { audits }: Pick<ActivityDependencies, 'audits'>,
  auditId: string,
  pages: ReturnType<LiveMailbox['list']>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    for await (const entries of pages) {
      signal.throwIfAborted();
      await audits.addEntries(auditId, entries);
    }
    return undefined;
  } catch (error) {
    // A folder that is gone or refused does not hide what became of the others.
    if (error instanceof ServiceError && OF_PART.has(error.type)) return error.message;
    throw error;
  }
}

import type { AuditRequest } from '../src/contract/activities.ts';
import { findSince } from '../src/domain/admission.ts';
import { toReadCursor } from '../src/domain/cursor-reset.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * Lists all that the mailbox holds and compares it with our rows. An attempt that was cut off begins again: a list is
 * of one moment.
 */
export async function auditMailbox(
  deps: ActivityDependencies,
  { accountId, auditId }: AuditRequest,
): Promise<{ missing: number }> {
  const account = await deps.accounts.get(accountId);
  // Before the list is made: what the cursor passed by then is in our rows, or lost.
  const cursor = toReadCursor(await deps.intake.findCursor(accountId));
  const since = findSince(account.limits?.lookBackDays, account.lastSyncedAt, deps.now());
  await deps.audits.begin(accountId, auditId);
  await withMailbox(deps, account, async (mailbox, signal, onProgress) => {
    for await (const entries of mailbox.list({ cursor, since, signal, onProgress })) {
      signal.throwIfAborted();
      await deps.audits.addEntries(auditId, entries);
    }
  });
  return { missing: await deps.audits.compare(accountId, auditId) };
}

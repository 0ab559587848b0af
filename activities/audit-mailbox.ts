import type { AuditFacts, AuditRequest } from '../src/contract/upkeep-activities.ts';
import { findSince } from '../src/domain/admission.ts';
import { toReadCursor } from '../src/domain/cursor-reset.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * Lists all that the mailbox holds and compares it with our rows. An attempt that was cut off begins again: a list is
 * of one moment.
 */
export async function auditMailbox(
  deps: ActivityDependencies,
  { accountId, auditId }: AuditRequest,
): Promise<AuditFacts> {
  const account = await deps.accounts.get(accountId);
  // Before the list is made: what the cursor passed by then is in our rows, or lost.
  const cursor = toReadCursor(await deps.intake.findCursor(accountId));
  const since = findSince(account.limits?.lookBackDays, account.lastSyncedAt, deps.now());
  await deps.audits.begin(accountId, auditId);
  const incomplete = await withMailbox(deps, account, async (mailbox, signal, onProgress) => {
    try {
      for await (const entries of mailbox.list({ cursor, since, signal, onProgress })) {
        signal.throwIfAborted();
        await deps.audits.addEntries(auditId, entries);
      }
      return undefined;
    } catch (error) {
      // A folder that is gone does not hide what became of the others.
      if (error instanceof ServiceError && error.type === 'NotFound') return error.message;
      throw error;
    }
  });
  const missing = await deps.audits.compare(accountId, auditId, incomplete === undefined);
  return { missing, incomplete };
}

import type { FetchPageFacts } from '../src/contract/activities.ts';
import type { HealRequest } from '../src/contract/upkeep-activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { parkPage } from './park-page.ts';
import { withMailbox } from './with-mailbox.ts';

/** Fetches some of what an audit found missing, and parks it. Done when nothing is left, or what is left cannot be had. */
export async function healMailbox(
  deps: ActivityDependencies,
  { accountId, auditId, batchId, page, maxItems }: HealRequest,
): Promise<FetchPageFacts> {
  const request = { accountId, batchId, kind: 'pull', page } as const;
  const { committed } = await deps.intake.openPage(request);
  if (committed !== undefined) return committed;
  const account = await deps.accounts.get(accountId);
  const wanted = await deps.audits.listMissing(auditId, maxItems);
  const { maxMessageBytes, pageBytes: maxBytes } = deps.limits;
  const { items, gone } =
    wanted.length === 0
      ? { items: [], gone: [] }
      : await withMailbox(deps, account, (mailbox, signal, onProgress) =>
          mailbox.readItems(wanted, { maxBytes, maxMessageBytes, signal, onProgress }),
        );
  const settled = items.length + gone.length;
  const done = settled === 0 || (wanted.length < maxItems && settled >= wanted.length);
  const read = { items, cursor: undefined, done, total: undefined };
  const parked = await parkPage(deps, request, undefined, read);
  await deps.audits.forget(auditId, gone);
  await deps.audits.recompare(accountId, auditId, wanted);
  return parked;
}

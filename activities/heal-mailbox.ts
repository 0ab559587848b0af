import type { FetchPageFacts, HealRequest } from '../src/contract/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { parkPage } from './park-page.ts';
import { withMailbox } from './with-mailbox.ts';

/** Fetches some of what an audit found missing, and parks it. Done when nothing is left that can be had. */
export async function healMailbox(
  deps: ActivityDependencies,
  { accountId, auditId, batchId, page, maxItems }: HealRequest,
): Promise<FetchPageFacts> {
  const request = { accountId, batchId, kind: 'pull', page } as const;
  const { committed } = await deps.intake.openPage(request);
  if (committed !== undefined) return committed;
  const account = await deps.accounts.get(accountId);
  const wanted = await deps.audits.listMissing(auditId, maxItems);
  const { maxMessageBytes } = deps.limits;
  const items =
    wanted.length === 0
      ? []
      : await withMailbox(deps, account, (mailbox, signal, onProgress) =>
          mailbox.readItems(wanted, { maxMessageBytes, signal, onProgress }),
        );
  const done = wanted.length < maxItems || items.length === 0;
  const read = { items, cursor: undefined, done, total: undefined };
  const parked = await parkPage(deps, request, undefined, read);
  const found = new Set(items.map(({ providerKey }) => providerKey));
  await deps.audits.forget(
    auditId,
    wanted.filter((key) => !found.has(key)),
  );
  await deps.audits.recompare(accountId, auditId, wanted);
  return parked;
}

import type { HealFacts, HealRequest } from '../src/contract/upkeep-activities.ts';
import { assertActive } from './assert-active.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';
import { parkPage } from './park-page.ts';
import { runErrand } from './run-errand.ts';

/**
 * Fetches some of what an audit found missing, and parks it. Done when nothing is left, or what is left cannot be had:
 * a page of which nothing comes is passed by, so that it does not hide those behind it. What was asked for again since
 * the mailbox was listed is among it.
 */
export async function healMailbox(
  deps: ActivityDependencies,
  { accountId, auditId, batchId, page, maxItems, after }: HealRequest,
): Promise<HealFacts> {
  const request = { accountId, batchId, kind: 'pull', page } as const;
  const { committed } = await deps.intake.openPage(request);
  if (committed !== undefined) return committed;
  const account = assertActive(await deps.accounts.get(accountId));
  await withHeartbeat(() => deps.audits.recompare(accountId, auditId));
  const wanted = await deps.audits.listMissing(auditId, maxItems, after);
  const { maxMessageBytes, pageBytes: maxBytes } = deps.limits;
  const { items, gone } =
    wanted.length === 0
      ? { items: [], gone: [] }
      : await runErrand(deps, account, (mailbox, signal, onProgress) =>
          mailbox.readItems(wanted, { maxBytes, maxMessageBytes, signal, onProgress }),
        );
  const settled = items.length + gone.length;
  const done = wanted.length < maxItems && (settled === 0 || settled >= wanted.length);
  const read = { items, cursor: undefined, done, total: undefined };
  // First: a page that was committed is not read again, and they would stay missing.
  await deps.audits.forget(auditId, gone);
  const keys = items.map(({ providerKey }) => providerKey);
  const doubted = await deps.audits.findDoubted(auditId, keys);
  const parked = await parkPage(deps, { ...request, auditId, doubted }, undefined, read);
  return done ? parked : { ...parked, after: (settled === 0 ? wanted.at(-1) : after) ?? '' };
}

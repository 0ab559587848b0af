import type { FetchPageFacts, FetchPageRequest, MailboxActivities } from '../src/contract/activities.ts';
import type { BatchOrigin } from '../src/domain/batch.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Mailbox } from '../src/mail/mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findOrphans } from './find-orphans.ts';
import { withHeartbeat } from './heartbeat.ts';
import { markMessage } from './mark-message.ts';
import { parkPage } from './park-page.ts';
import { pullPage } from './pull-page.ts';
import { renewPush } from './renew-push.ts';

/** Reads one page of a mailbox and parks it, the cursor in the same transaction; finds what was parked and lost. */
export function createMailboxActivities(deps: ActivityDependencies): MailboxActivities {
  return {
    async fetchPage(request) {
      const opening = await deps.intake.openPage(request);
      const { committed, cursor } = opening;
      if (committed !== undefined) return withOld(deps, request, committed);
      if (request.kind === 'import') return importPage(deps, request, cursor);
      return withOld(deps, request, await pullPage(deps, request, cursor));
    },

    findOrphans: (request) => findOrphans(deps, request),
    renewPush: (ref) => renewPush(deps, ref),
    markMessage: (ref) => markMessage(deps, ref),
  };
}

async function importPage(
  deps: ActivityDependencies,
  request: FetchPageRequest,
  cursor: string | undefined,
): Promise<FetchPageFacts> {
  const { accountId, maxItems } = request;
  const read = await withHeartbeat((signal, onProgress) =>
    deps.guard(`mailbox/${accountId}`, async () => {
      const mailbox = await openBatch(deps, request);
      try {
        const { maxMessageBytes, pageBytes: maxBytes } = deps.limits;
        return await mailbox.readPage({ cursor, maxItems, maxBytes, maxMessageBytes, signal, onProgress });
      } finally {
        await mailbox.close();
      }
    }),
  );
  return parkPage(deps, request, cursor, read);
}

async function openBatch(deps: ActivityDependencies, { batchId }: FetchPageRequest): Promise<Mailbox> {
  const sealed = await deps.batches.findOrigin(batchId);
  if (sealed === undefined)
    throw new ServiceError('NotFound', `Batch "${batchId}" does not say where to read from`);
  const plain = new TextDecoder().decode(deps.sealer.open(sealed, `batch/origin/${batchId}`));
  return deps.openOrigin(batchId, JSON.parse(plain) as BatchOrigin);
}

/** Says which of a pull's messages are old. An import is a backfill as a whole. */
async function withOld(
  deps: ActivityDependencies,
  { kind, backfillAgeMs }: FetchPageRequest,
  facts: FetchPageFacts,
): Promise<FetchPageFacts> {
  if (kind !== 'pull' || backfillAgeMs === undefined || facts.messageIds.length === 0) return facts;
  const before = new Date(deps.now().getTime() - backfillAgeMs);
  const backfill = await deps.intake.listOld(facts.messageIds, before);
  return backfill.length === 0 ? facts : { ...facts, backfill };
}

import type { IntakeItem } from '../db/intake/intake-page.ts';
import type { FetchPageFacts, FetchPageRequest, MailboxActivities } from '../src/contract/activities.ts';
import type { BatchOrigin } from '../src/domain/batch.ts';
import { toReadCursor } from '../src/domain/cursor-reset.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Mailbox, MailboxItem } from '../src/mail/mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findOrphans } from './find-orphans.ts';
import { withHeartbeat } from './heartbeat.ts';
import { removeAccountData } from './remove-account-data.ts';

/** Parked for so long without a run: whatever should have started it is gone. */
const FORGOTTEN_MINUTES = 10;
const ALWAYS_HOURS = 100 * 365 * 24;
const YEAR_10000 = Date.UTC(10_000, 0);

/** Reads one page of a mailbox and parks it, the cursor in the same transaction; finds what was parked and lost. */
export function createMailboxActivities(deps: ActivityDependencies): MailboxActivities {
  return {
    async fetchPage(request) {
      const opening = await deps.intake.openPage(request);
      if (opening.committed !== undefined) return opening.committed;
      if (request.kind === 'import')
        return readAndPark(deps, request, opening.cursor, () => openBatch(deps, request));
      return pull(deps, request, opening.cursor);
    },

    findOrphans: (request) => findOrphans(deps, request),
    removeAccountData: (request) => removeAccountData(deps, request),
  };
}

async function pull(
  deps: ActivityDependencies,
  request: FetchPageRequest,
  cursor: string | undefined,
): Promise<FetchPageFacts> {
  const { accountId, page, maxItems } = request;
  const account = await deps.accounts.get(accountId);
  if (account.state !== 'active')
    return { messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: true };
  const open = async () => {
    const sealed = await deps.accounts.findSecret(accountId);
    const secret =
      sealed === undefined ? '' : fromUtf8(deps.sealer.open(sealed, `account/secret/${accountId}`));
    return deps.openAccount(account, secret);
  };
  try {
    const parked = await readAndPark(deps, request, cursor, open);
    await deps.accounts.recordPull(accountId, undefined);
    const forgotten =
      page === 0 ? await deps.intake.findForgotten(accountId, FORGOTTEN_MINUTES, maxItems) : [];
    return { ...parked, messageIds: [...new Set([...parked.messageIds, ...forgotten])] };
  } catch (error) {
    if (error instanceof ServiceError) await deps.accounts.recordPull(accountId, error.message);
    throw error;
  }
}

async function openBatch(deps: ActivityDependencies, { batchId }: FetchPageRequest): Promise<Mailbox> {
  const sealed = await deps.batches.findOrigin(batchId);
  if (sealed === undefined)
    throw new ServiceError('NotFound', `Batch "${batchId}" does not say where to read from`);
  const origin = JSON.parse(fromUtf8(deps.sealer.open(sealed, `batch/origin/${batchId}`))) as BatchOrigin;
  return deps.openOrigin(batchId, origin);
}

async function readAndPark(
  deps: ActivityDependencies,
  request: FetchPageRequest,
  cursor: string | undefined,
  open: () => Promise<Mailbox>,
): Promise<FetchPageFacts> {
  const { accountId, batchId, kind, page, maxItems } = request;
  const read = await withHeartbeat((signal, onProgress) =>
    deps.guard(`mailbox/${accountId}`, async () => {
      const mailbox = await open();
      try {
        const { maxMessageBytes, pageBytes } = deps.limits;
        return await mailbox.readPage({
          cursor: toReadCursor(cursor),
          maxItems,
          maxBytes: pageBytes,
          maxMessageBytes,
          signal,
          onProgress,
        });
      } finally {
        await mailbox.close();
      }
    }),
  );
  const known = await deps.intake.findKnown(
    accountId,
    read.items.map((item) => item.providerKey),
  );
  return deps.intake.park({
    accountId,
    batchId,
    kind,
    page,
    items: read.items.map((item) => toIntakeItem(deps, accountId, item, known)),
    readFrom: cursor,
    cursor: read.cursor,
    done: read.done,
    expected: read.total,
    label: `pull of ${accountId}`,
    // A mailbox may renumber its mail (UIDVALIDITY) and hand out all of it again, however old.
    windowHours: kind === 'pull' ? ALWAYS_HOURS : deps.limits.duplicateWindowHours,
  });
}

function toIntakeItem(
  deps: ActivityDependencies,
  accountId: string,
  item: MailboxItem,
  known: ReadonlyMap<string, string>,
): IntakeItem {
  const { providerKey, label, raw } = item;
  const messageId = known.get(providerKey);
  if (messageId !== undefined) return { kind: 'known', providerKey, label, messageId };
  if (raw === undefined || item.fault !== undefined) {
    const { type, reason } = item.fault ?? { type: 'InvalidInput', reason: 'The mailbox gave no content' };
    return { kind: 'fault', providerKey, label, failureType: type, reason };
  }
  const sha256 = deps.identity.sourceHash(raw);
  return {
    kind: 'new',
    providerKey,
    label,
    messageId: deps.identity.messageKey(accountId, providerKey),
    sha256,
    contentHash: deps.identity.contentHash(raw),
    sealed: deps.sealer.seal(raw, `source/bytes/${sha256}`),
    size: raw.byteLength,
    receivedAt: usable(item.receivedAt) ?? deps.identity.sentDate(raw, new Date()) ?? new Date(),
  };
}

/** A server may name any instant; one that PostgreSQL cannot hold would stop its whole page. */
function usable(date: Date | undefined): Date | undefined {
  const time = date?.getTime() ?? Number.NaN;
  return time >= 0 && time < YEAR_10000 ? date : undefined;
}

function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

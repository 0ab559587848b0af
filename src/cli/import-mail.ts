import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { getAccountInUse } from '../../api/operations/get-account-in-use.ts';
import { startBatch } from '../../api/operations/start-batch.ts';
import type { BatchRow } from '../../db/batch-store.ts';
import { MAX_CONCURRENT_OPERATIONS } from '../contract/import-batch.ts';
import type { Account } from '../domain/account.ts';
import type { BatchOrigin } from '../domain/batch.ts';
import { ServiceError } from '../domain/service-error.ts';
import { openFilesMailbox } from '../mail/files/open-files-mailbox.ts';
import type { Context } from '../open-context.ts';
import { redactUrl } from '../security/redact.ts';

export interface ImportRequest {
  readonly account: Account;
  readonly origin: BatchOrigin;
  readonly maxConcurrentOperations?: number;
}

/** An account that only imports fill. */
export function toFilesAccount(id: string, address: string): Account {
  return {
    id,
    kind: 'files',
    name: id,
    address,
    mode: 'manual',
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: 60,
    imap: undefined,
  };
}

/** Records a batch and starts it. A path that cannot be used is refused here, before anything is recorded. */
export async function startImport(context: Context, request: ImportRequest): Promise<string> {
  const { stores, config, sealer, controls } = context;
  const origin =
    request.origin.kind === 'path'
      ? { ...request.origin, path: resolve(request.origin.path) }
      : request.origin;
  if (origin.kind === 'path') await (await openFilesMailbox(origin.path)).close();
  await stores.accounts.ensure(request.account);
  const account = await getAccountInUse(stores, request.account.id);
  if (account.mode === 'auto') {
    throw new ServiceError(
      'Conflict',
      `Account "${account.id}" is in mode auto: it is only filled by its schedule`,
      { fix: 'Import into another account: --account ID.' },
    );
  }
  const id = randomUUID();
  const wished = request.maxConcurrentOperations ?? config.limits.batchConcurrency;
  const maxConcurrentOperations = Math.min(wished, MAX_CONCURRENT_OPERATIONS);
  const row = { id, accountId: account.id, maxConcurrentOperations, priority: undefined };
  const sealed = sealer.seal(Buffer.from(JSON.stringify(origin)), `batch/origin/${id}`);
  await stores.batches.add({ ...row, label: toLabel(origin), origin: sealed });
  await startBatch({ controls }, row);
  return id;
}

function toLabel(origin: BatchOrigin): string {
  if (origin.kind === 'path') return origin.path;
  return origin.kind === 'sql' ? redactUrl(origin.url) : 'upload';
}

/** A batch that has ended and shows no change for so long is no longer waited for. */
const STILL_MS = 300_000;

export interface Following {
  readonly signal?: AbortSignal;
  readonly stillMs?: number;
  /** Told when messages are left without a result. */
  readonly say?: (line: string) => void;
}

/** Follows a batch to its end, and its messages to theirs; not those that no run brings on any more. */
export async function followBatch(
  context: { readonly stores: { readonly batches: Pick<Context['stores']['batches'], 'get'> } },
  batchId: string,
  onProgress: (batch: BatchRow) => void,
  { signal, stillMs = STILL_MS, say = toStandardError }: Following = {},
): Promise<BatchRow> {
  let seen = '';
  let changedAt = performance.now();
  for (;;) {
    const batch = await context.stores.batches.get(batchId);
    onProgress(batch);
    const over = batch.state !== 'running' && batch.state !== 'paused';
    if (over && batch.totals.running === 0) return batch;
    if (over && batch.state !== 'completed') return batch;
    const shown = JSON.stringify([batch.state, batch.totals]);
    if (shown !== seen) changedAt = performance.now();
    seen = shown;
    if (over && performance.now() - changedAt >= stillMs) {
      say(describeLeft(batch, stillMs));
      return batch;
    }
    await wait(250, undefined, signal === undefined ? {} : { signal });
  }
}

function describeLeft({ id, totals }: BatchRow, stillMs: number): string {
  const left = totals.running === 1 ? '1 message' : `${totals.running} messages`;
  return (
    `${left} of batch ${id} left without a result; nothing has changed for ${Math.round(stillMs / 60_000)} minutes.\n` +
    'A worker goes on with those that have a run; `npm run mailroom -- messages --state running` (and parked) lists them, `npm run mailroom -- retry ID` runs one again.'
  );
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

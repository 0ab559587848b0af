import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
  const account = await stores.accounts.get(request.account.id);
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

/** Follows a batch to its end. Throws when the origin could not be read to its end. */
export async function followBatch(
  context: Context,
  batchId: string,
  onProgress: (batch: BatchRow) => void,
  signal?: AbortSignal,
): Promise<BatchRow> {
  for (;;) {
    const batch = await context.stores.batches.get(batchId);
    onProgress(batch);
    const over = batch.state !== 'running' && batch.state !== 'paused';
    if (over && batch.totals.running === 0) return batch;
    if (over && batch.state !== 'completed') return batch;
    await wait(250, undefined, signal === undefined ? {} : { signal });
  }
}

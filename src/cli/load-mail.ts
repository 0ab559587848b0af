import type { BatchRow } from '../../db/batch-store.ts';
import type { Context } from '../open-context.ts';
import { toPrintableJson } from '../to-printable.ts';
import { createProgress } from './create-progress.ts';
import { describeAddress } from './describe-address.ts';
import { describeLoad } from './describe-load.ts';
import { finishEarlierBatches } from './earlier-batches.ts';
import { followBatch, startImport, toFilesAccount } from './import-mail.ts';

export interface MailToLoad {
  readonly path: string;
  readonly accountId: string;
  readonly address: string;
}

export interface LoadOptions {
  readonly mail: MailToLoad;
  readonly once: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** What `--json` prints. `processed` counts what this start brought to a decision, also of an earlier batch. */
export interface LoadSummary {
  readonly messages: number;
  readonly processed: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly seconds: number;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byPriority: Readonly<Record<string, number>>;
}

/** Imports the mail, shows progress, and prints what was decided. */
export async function loadMail(context: Context, options: LoadOptions, decidedBefore: number): Promise<void> {
  const { mail, once, json, signal, say } = options;
  const startedAt = Date.now();
  const batchId = await startImport(context, {
    account: toFilesAccount(mail.accountId, mail.address),
    origin: { kind: 'path', path: mail.path },
  });
  say(`Loading ${mail.path}`);
  for (const line of describeAddress(await context.stores.accounts.get(mail.accountId), mail.address))
    say(line);
  const followed = await follow(context, batchId, signal);
  if (once) await finishEarlierBatches(context, signal);
  const batch = once ? await context.stores.batches.get(batchId) : followed;
  const { byCategory, byPriority } = await context.stores.messageList.countBatchItems(batchId);
  const summary: LoadSummary = {
    messages: batch.totals.messages,
    processed: (await countDecided(context)) - decidedBefore,
    duplicates: batch.totals.duplicates,
    quarantined: batch.totals.quarantined,
    seconds: Math.round((Date.now() - startedAt) / 10) / 100,
    byCategory,
    byPriority,
  };
  signal.throwIfAborted();
  if (json && batch.reason !== undefined) say(`The batch ${batch.state}: ${batch.reason}`);
  const text = json ? toPrintableJson(summary) : await describeLoad(context, batch, summary);
  process.stdout.write(`${text}\n`);
  if (batch.state === 'failed') process.exitCode = 1;
}

async function follow(context: Context, batchId: string, signal: AbortSignal): Promise<BatchRow> {
  const progress = createProgress();
  try {
    return await followBatch(context, batchId, progress.update, { signal });
  } finally {
    progress.stop();
  }
}

export async function countDecided({ stores }: Context): Promise<number> {
  const { byState } = await stores.messageList.count();
  return (byState.settled ?? 0) + (byState['awaiting-approval'] ?? 0);
}

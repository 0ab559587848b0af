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

/**
 * What `--json` prints. `processed` counts what this start brought to a decision, also of an earlier batch;
 * `quarantined` what of the mail given is in quarantine, also since an earlier batch.
 */
export interface LoadSummary {
  readonly messages: number;
  readonly processed: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly seconds: number;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byPriority: Readonly<Record<string, number>>;
}

/** The stores that are counted. */
interface Counted {
  readonly stores: Pick<Context['stores'], 'messageList' | 'quarantine'>;
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
  const summary = await summarize(context, batch, { startedAt, decidedBefore });
  signal.throwIfAborted();
  if (json && batch.reason !== undefined) say(`The batch ${batch.state}: ${batch.reason}`);
  const text = json ? toPrintableJson(summary) : await describeLoad(context, batch, summary);
  process.stdout.write(`${text}\n`);
  if (batch.state === 'failed') process.exitCode = 1;
}

/** `startedAt` in ms since 1970. */
export async function summarize(
  { stores }: Counted,
  { id, totals }: Pick<BatchRow, 'id' | 'totals'>,
  before: { readonly startedAt: number; readonly decidedBefore: number },
): Promise<LoadSummary> {
  const { byCategory, byPriority } = await stores.messageList.countBatchItems(id);
  return {
    messages: totals.messages,
    processed: (await countDecided({ stores })) - before.decidedBefore,
    duplicates: totals.duplicates,
    quarantined: await stores.quarantine.countOfBatch(id),
    seconds: Math.round((Date.now() - before.startedAt) / 10) / 100,
    byCategory,
    byPriority,
  };
}

async function follow(context: Context, batchId: string, signal: AbortSignal): Promise<BatchRow> {
  const progress = createProgress();
  try {
    return await followBatch(context, batchId, progress.update, { signal });
  } finally {
    progress.stop();
  }
}

export async function countDecided({ stores }: Counted): Promise<number> {
  const { byState } = await stores.messageList.count();
  return (byState.settled ?? 0) + (byState['awaiting-approval'] ?? 0);
}

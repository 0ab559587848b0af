import { setTimeout as wait } from 'node:timers/promises';
import type { BatchRow } from '../../db/batch-store.ts';
import type { MessageListRow } from '../../db/message-list-store.ts';
import { PRIORITIES } from '../domain/priority.ts';
import type { Context } from '../open-context.ts';
import { createProgress } from './create-progress.ts';
import { followBatch, startImport, toFilesAccount } from './import-mail.ts';
import { renderTable } from './render-table.ts';

export interface MailToLoad {
  readonly path: string;
  readonly accountId: string;
  readonly address: string;
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

const SHOWN = 12;

/** Imports the mail, shows progress, and prints what was decided. */
export async function loadMail(
  context: Context,
  mail: MailToLoad,
  options: { readonly json: boolean; readonly once: boolean },
): Promise<void> {
  const startedAt = Date.now();
  const { stores } = context;
  const before = await countDecided(context);
  const batchId = await startImport(context, {
    account: toFilesAccount(mail.accountId, mail.address),
    origin: { kind: 'path', path: mail.path },
  });
  process.stderr.write(`Loading ${mail.path}\n`);
  const progress = createProgress();
  const batch = await followBatch(context, batchId, progress.update);
  progress.stop();
  if (options.once) await finishEarlierRuns(context);
  const [decisions, after] = await Promise.all([
    stores.messageList.countBatchItems(batchId),
    countDecided(context),
  ]);
  const summary: LoadSummary = {
    messages: batch.totals.messages,
    processed: after - before,
    duplicates: batch.totals.duplicates,
    quarantined: batch.totals.quarantined,
    seconds: Math.round((Date.now() - startedAt) / 10) / 100,
    byCategory: decisions.byCategory,
    byPriority: decisions.byPriority,
  };
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else process.stdout.write(`${await describe(context, batch, summary)}\n`);
  if (batch.state === 'failed') process.exitCode = 1;
}

async function countDecided({ stores }: Context): Promise<number> {
  const { byState } = await stores.messageList.count();
  return (byState.settled ?? 0) + (byState['awaiting-approval'] ?? 0);
}

/** What an earlier start left under way goes on by itself; `--once` waits for it. */
async function finishEarlierRuns({ stores }: Context): Promise<void> {
  for (;;) {
    const { byState } = await stores.messageList.count();
    const batches = await stores.batches.list({ limit: 50 });
    const running = batches.some((batch) => batch.state === 'running');
    if (!running && (byState.parked ?? 0) + (byState.running ?? 0) === 0) return;
    await wait(250);
  }
}

async function describe({ stores }: Context, batch: BatchRow, summary: LoadSummary): Promise<string> {
  const pressing: MessageListRow[] = [];
  for (const priority of PRIORITIES) {
    const limit = SHOWN - pressing.length;
    if (limit <= 0) break;
    pressing.push(...(await stores.messageList.list({ accountId: batch.accountId, priority, limit })));
  }
  const counts = (values: Readonly<Record<string, number>>) =>
    Object.entries(values).sort(([, a], [, b]) => b - a);
  return [
    '',
    renderTable(
      ['priority', 'category', 'from', 'what it says'],
      pressing.map((row) => [
        row.priority ?? '-',
        row.category ?? '-',
        row.fromName || row.fromAddress,
        row.summaryLine ?? row.subject,
      ]),
    ),
    '',
    renderTable(['category', 'messages'], counts(summary.byCategory)),
    '',
    renderTable(['priority', 'messages'], counts(summary.byPriority)),
    '',
    `${summary.messages} messages in ${summary.seconds} s: ${summary.processed} processed now, ${batch.totals.awaitingApproval} drafts wait for approval, ${summary.duplicates} duplicates, ${summary.quarantined} in quarantine.`,
    ...(batch.reason === undefined ? [] : [`The batch ${batch.state}: ${batch.reason}`]),
  ].join('\n');
}

import type { BatchRow } from '../../db/batch-store.ts';
import type { MessageListRow } from '../../db/message-list-store.ts';
import { PRIORITIES } from '../domain/priority.ts';
import type { Context } from '../open-context.ts';
import { toPrintableLine } from '../to-printable.ts';
import { describeQuarantine } from './describe-quarantine.ts';
import type { LoadSummary } from './load-mail.ts';
import { renderCounts } from './render-counts.ts';
import { renderTable } from './render-table.ts';

const SHOWN = 12;

/** What a start decided, for people: the most pressing first, then the counts, then what went wrong. */
export async function describeLoad(context: Context, batch: BatchRow, summary: LoadSummary): Promise<string> {
  const { totals } = batch;
  const pressing = await listPressing(context, batch.accountId);
  const messages = renderTable(
    ['priority', 'category', 'from', 'what it says'],
    pressing.map((row) => [
      row.priority ?? '-',
      row.category ?? '-',
      row.fromName || row.fromAddress,
      row.summaryLine ?? row.subject,
    ]),
  );
  const priorities = Object.fromEntries(
    PRIORITIES.map((priority) => [priority, summary.byPriority[priority] ?? 0]),
  );
  return [
    ...(pressing.length === 0 ? [] : ['', messages]),
    ...(totals.messages === 0
      ? []
      : ['', renderCounts(priorities, 'given'), '', renderCounts(summary.byCategory)]),
    '',
    `${summary.messages} messages in ${summary.seconds} s: ${summary.processed} processed now, ${totals.awaitingApproval} drafts wait for approval, ${summary.duplicates} duplicates, ${summary.quarantined} in quarantine.`,
    ...(await describeQuarantine(context, batch.id)),
    ...(batch.reason === undefined ? [] : [`The batch ${batch.state}: ${toPrintableLine(batch.reason)}`]),
  ].join('\n');
}

async function listPressing({ stores }: Context, accountId: string): Promise<MessageListRow[]> {
  const pressing: MessageListRow[] = [];
  for (const priority of PRIORITIES) {
    const limit = SHOWN - pressing.length;
    if (limit > 0) pressing.push(...(await stores.messageList.list({ accountId, priority, limit })));
  }
  return pressing;
}

import { Command } from 'commander';
import { PRIORITIES } from '../domain/priority.ts';
import { describeWait, findWait } from '../domain/provider-wait.ts';
import type { Context } from '../open-context.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderCounts } from './render-counts.ts';
import { renderTable } from './render-table.ts';

type Status = Awaited<ReturnType<typeof readStatus>>;

const BATCHES = 10;
const WHICH = '; `npm run mailroom -- messages --state quarantined` says which';

export function createStatusCommand(): Command {
  return new Command('status')
    .description('counts, accounts, latest batches, quarantine')
    .action(async (_options: object, command: Command) => {
      const status = await withContext(readStatus);
      answer(wantsJson(command), status, () => describe(status));
    });
}

async function readStatus({ stores }: Context) {
  const [messages, rows, counts, batches, quarantined] = await Promise.all([
    stores.messageList.count(),
    stores.accounts.list(),
    stores.accountFacts.count(),
    stores.batches.list({ limit: BATCHES }),
    stores.quarantine.countOpen(),
  ]);
  const accounts = rows.map((row) => ({ ...row, wait: counts.get(row.id)?.wait }));
  return { messages, accounts, batches, quarantined };
}

function describe({ messages, accounts, batches, quarantined }: Status): string {
  const priorities = PRIORITIES.map((priority) => [priority, messages.byPriority[priority] ?? 0] as const);
  return [
    `${messages.total} messages, ${quarantined} in quarantine${quarantined === 0 ? '' : WHICH}`,
    ...(messages.total === 0
      ? []
      : [
          renderCounts(messages.byState),
          renderCounts(Object.fromEntries(priorities), 'given'),
          renderCounts(messages.byCategory),
        ]),
    renderTable(
      ['account', 'kind', 'mode', 'last pull', 'state'],
      accounts.map((a) => [
        a.id,
        a.kind,
        a.mode,
        a.lastPullAt?.toISOString().slice(0, 19) ?? '-',
        describeState(a),
      ]),
      { whole: 0 },
    ),
    renderTable(
      ['batch', 'account', 'messages', 'under way', 'state'],
      batches.map((b) => [
        b.id,
        b.accountId,
        b.totals.messages,
        b.totals.running,
        b.reason === undefined ? b.state : `${b.state}: ${b.reason}`,
      ]),
      { whole: 0 },
    ),
  ].join('\n\n');
}

function describeState(account: Status['accounts'][number]): string {
  const { state, stateReason } = account;
  const now = new Date();
  const wait = state === 'active' ? findWait(account, now) : undefined;
  if (wait?.inForce === true) return describeWait(wait, now);
  return stateReason === undefined ? state : `${state}: ${stateReason}`;
}

import { Command } from 'commander';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

export function createStatusCommand(): Command {
  return new Command('status')
    .description('counts, accounts, running batches, quarantine')
    .action(async (_options: object, command: Command) => {
      const status = await withContext(async ({ stores }) => {
        const [messages, accounts, batches, quarantined] = await Promise.all([
          stores.messageList.count(),
          stores.accounts.list(),
          stores.batches.list({ limit: 10 }),
          stores.quarantine.countOpen(),
        ]);
        return { messages, accounts, batches, quarantined };
      });
      answer(wantsJson(command), status, () =>
        [
          `${status.messages.total} messages, ${status.quarantined} in quarantine`,
          renderTable(['state', 'messages'], Object.entries(status.messages.byState)),
          renderTable(['category', 'messages'], Object.entries(status.messages.byCategory)),
          renderTable(
            ['account', 'kind', 'mode', 'state', 'last pull'],
            status.accounts.map((a) => [
              a.id,
              a.kind,
              a.mode,
              a.stateReason ?? a.state,
              a.lastPullAt?.toISOString() ?? '-',
            ]),
          ),
          renderTable(
            ['batch', 'account', 'state', 'messages', 'under way'],
            status.batches.map((b) => [b.id, b.accountId, b.state, b.totals.messages, b.totals.running]),
          ),
        ].join('\n\n'),
      );
    });
}

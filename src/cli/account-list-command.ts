import { Command } from 'commander';
import { createAccountAnswers } from '../../api/answers/create-account-answers.ts';
import type { toAccountAnswer } from '../../api/answers/to-account-answer.ts';
import { listNextRuns } from '../temporal/list-next-runs.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

type Listed = ReturnType<typeof toAccountAnswer>;

export function createAccountListCommand(): Command {
  return new Command('list')
    .description('all accounts, and whether their mail is processed')
    .action(async (_options: object, command: Command) => {
      const accounts = await withContext((context) =>
        createAccountAnswers({
          ...context.stores,
          config: { modelTokensPerDay: context.config.model.tokensPerDay },
          listNextRuns: () => listNextRuns(context.client),
        }).list(),
      );
      answer(wantsJson(command), accounts, () => describe(accounts));
    });
}

function describe(accounts: readonly Listed[]): string {
  if (accounts.length === 0) return 'No account. Add one: npm run mailroom -- account add --help';
  const table = renderTable(
    ['id', 'kind', 'mode', 'health', 'every', 'last message', 'lag', 'trouble'],
    accounts.map(({ id, kind, mode, health, pullEverySeconds }) => [
      id,
      kind,
      mode,
      health.state,
      mode === 'manual' ? '-' : `${pullEverySeconds} s`,
      health.lastMessageAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '-',
      health.lagSeconds === 0 ? '-' : `${health.lagSeconds} s`,
      health.fix === null ? (health.errors[0] ?? '-') : (health.reason ?? '-'),
    ]),
    { whole: 0 },
  );
  const fixes = accounts.flatMap(({ id, health }) => (health.fix === null ? [] : [`${id}: ${health.fix}`]));
  return [table, ...fixes].join('\n');
}

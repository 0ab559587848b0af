import { Command } from 'commander';
import type { Context } from '../open-context.ts';
import { applyTemporal } from '../temporal/apply-temporal.ts';
import { type DiffRequest, type Drift, diffTemporal } from '../temporal/diff-temporal.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

export function createTemporalCommand(): Command {
  const temporal = new Command('temporal').description('what temporal.yaml asks of the Temporal server');
  temporal
    .command('apply')
    .description('make the server what temporal.yaml says, without other schedules; twice changes nothing')
    .action(async (_options: object, command: Command) => {
      const changed = await withContext(async (context) =>
        applyTemporal(await toRequest(context), { prune: true }),
      );
      answer(wantsJson(command), { changed }, () =>
        changed.length === 0 ? 'Nothing to change.' : describe(changed),
      );
    });
  temporal
    .command('diff')
    .description('show where the server differs; exit code 1 when it does')
    .action(async (_options: object, command: Command) => {
      const drift = await withContext(async (context) => diffTemporal(await toRequest(context)));
      answer(wantsJson(command), { drift }, () => (drift.length === 0 ? 'No drift.' : describe(drift)));
      if (drift.length > 0) process.exitCode = 1;
    });
  return temporal;
}

export async function toRequest(context: Context): Promise<DiffRequest> {
  const { connection, namespace, temporal: config, schedules, stores } = context;
  return { connection, namespace, config, schedules, accounts: await stores.accounts.list() };
}

function describe(drifts: readonly Drift[]): string {
  return renderTable(
    ['what', 'wanted', 'found'],
    drifts.map(({ what, wanted, found }) => [what, wanted, found]),
    { whole: 0 },
  );
}

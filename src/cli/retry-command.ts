import { Command } from 'commander';
import { retryAllQuarantined } from '../../api/operations/retry-all-quarantined.ts';
import { retryMessage } from '../../api/operations/retry-message.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { runUntilSignal } from '../run-until-signal.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { toCommands } from './to-known-error.ts';

const EVERY_MS = 2_000;

interface Retried {
  readonly retried: number;
  readonly failed: readonly { readonly id: number; readonly detail: string }[];
  /** Of all: came from files, and were not tried. */
  readonly left?: number;
}

export function createRetryCommand(): Command {
  return new Command('retry')
    .description(
      'run a quarantined, skipped or cancelled message again, or end the wait of a running one; what a mailbox had refused is fetched again',
    )
    .argument('[id]', 'message id')
    .option('--all', 'every message in quarantine')
    .action(async (id: string | undefined, options: { all?: boolean }, command: Command) => {
      if ((id === undefined) === (options.all !== true)) {
        throw new ServiceError('InvalidInput', 'Name a message id, or --all', {
          fix: '`npm run mailroom -- messages --state quarantined` lists them.',
        });
      }
      const result = await withContext((context) =>
        id === undefined ? retryAll(context) : retryOne(context, id),
      );
      answer(wantsJson(command), result, () => describe(result));
      if (result.failed.length > 0) process.exitCode = 1;
    });
}

async function retryOne({ stores, controls }: Context, id: string): Promise<Retried> {
  await retryMessage({ ...stores, controls }, id);
  return { retried: 1, failed: [] };
}

/** Thousands take minutes: it tells how far it has come, and Ctrl-C ends it with a true count. */
async function retryAll({ stores, controls }: Context): Promise<Retried> {
  const stop = new AbortController();
  void runUntilSignal().then(() => {
    process.exitCode = 130;
    stop.abort();
  });
  const all = await stores.quarantine.countOpen();
  let next = Date.now() + EVERY_MS;
  return retryAllQuarantined(
    { ...stores, controls },
    {
      signal: stop.signal,
      onProgress(tried) {
        if (Date.now() < next) return;
        next = Date.now() + EVERY_MS;
        process.stderr.write(`  ${tried} of ${all} in quarantine\n`);
      },
    },
  );
}

function describe({ retried, failed, left = 0 }: Retried): string {
  const isOne = left === 1;
  return [
    `${retried} ${retried === 1 ? 'message is' : 'messages are'} tried again.`,
    ...(left === 0
      ? []
      : [
          `${left} ${isOne ? 'stays' : 'stay'} in quarantine: ${isOne ? 'it' : 'they'} failed in a file. Mend it and import it again.`,
        ]),
    ...failed.map(({ id, detail }) => `entry ${id}: ${toPrintableLine(toCommands(detail))}`),
  ].join('\n');
}

import { Command } from 'commander';
import { retryAllQuarantined } from '../../api/operations/retry-all-quarantined.ts';
import { retryMessage } from '../../api/operations/retry-message.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { toCommands } from './to-known-error.ts';

const MOST = 500;

interface Retried {
  readonly retried: number;
  readonly failed: readonly { readonly id: number; readonly detail: string }[];
}

export function createRetryCommand(): Command {
  return new Command('retry')
    .description(
      'run a quarantined, skipped or cancelled message again, or end the wait of a running one; what a mailbox had refused is fetched again',
    )
    .argument('[id]', 'message id')
    .option('--all', `every message in quarantine, up to ${MOST}`)
    .action(async (id: string | undefined, options: { all?: boolean }, command: Command) => {
      if ((id === undefined) === (options.all !== true)) {
        throw new ServiceError('InvalidInput', 'Name a message id, or --all', {
          fix: '`npm run mailroom -- messages --state quarantined` lists them.',
        });
      }
      const result = await withContext((context) => retry(context, id));
      answer(wantsJson(command), result, () =>
        [
          `${result.retried} ${result.retried === 1 ? 'message is' : 'messages are'} tried again.`,
          ...result.failed.map(
            ({ id: entry, detail }) => `entry ${entry}: ${toPrintableLine(toCommands(detail))}`,
          ),
        ].join('\n'),
      );
      if (result.failed.length > 0) process.exitCode = 1;
    });
}

async function retry({ stores, controls }: Context, id: string | undefined): Promise<Retried> {
  if (id === undefined) return retryAllQuarantined({ ...stores, controls }, {}, MOST);
  await retryMessage({ ...stores, controls }, id);
  return { retried: 1, failed: [] };
}

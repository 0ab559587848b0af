import { Command } from 'commander';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

const MOST = 500;

export function createRetryCommand(): Command {
  return new Command('retry')
    .description('run a quarantined, skipped or cancelled message again')
    .argument('[id]', 'message id')
    .option('--all', `every message in quarantine, up to ${MOST}`)
    .action(async (id: string | undefined, options: { all?: boolean }, command: Command) => {
      const retried = await withContext(async (context) => {
        if (id !== undefined && options.all !== true) return retry(context, [id]);
        if (id === undefined && options.all === true) return retry(context, await listQuarantined(context));
        throw new ServiceError('InvalidInput', 'Name a message id, or --all', {
          fix: '`npm run mailroom -- messages --state quarantined` lists them.',
        });
      });
      answer(wantsJson(command), { retried }, () => `${retried.length} messages run again.`);
    });
}

async function listQuarantined({ stores }: Context): Promise<string[]> {
  const rows = await stores.quarantine.list({ open: true, limit: MOST });
  return rows.flatMap((row) => (row.messageId === undefined ? [] : [row.messageId]));
}

async function retry({ stores, controls }: Context, ids: readonly string[]): Promise<string[]> {
  const retried: string[] = [];
  for (const id of ids) {
    const message = await stores.messageList.get(id);
    if (message.state === 'settled') {
      throw new ServiceError('Conflict', `Message "${id}" has ended as it should; there is nothing to retry`);
    }
    await stores.messages.reopen([id]);
    await stores.quarantine.resolveMessage(id, 'retried');
    await controls.retryMessage({ accountId: message.accountId, messageId: id });
    retried.push(id);
  }
  return retried;
}

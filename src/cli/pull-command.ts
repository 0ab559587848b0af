import { Command } from 'commander';
import { ServiceError } from '../domain/service-error.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

export function createPullCommand(): Command {
  return new Command('pull')
    .description('read what is new in an account, now')
    .argument('<account>', 'account id')
    .action(async (accountId: string, _options: object, command: Command) => {
      await withContext(async ({ stores, controls }) => {
        const account = await stores.accounts.get(accountId);
        if (account.kind === 'files') {
          throw new ServiceError(
            'InvalidInput',
            `Account "${accountId}" holds imports; there is nothing to pull`,
            {
              fix: 'npm run mailroom -- import PATH --account ID',
            },
          );
        }
        await controls.pullNow(accountId);
      });
      answer(wantsJson(command), { accountId, started: true }, () => `Pull of ${accountId} started.`);
    });
}

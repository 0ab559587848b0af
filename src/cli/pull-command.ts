import { Command } from 'commander';
import { pullAccount } from '../../api/operations/pull-account.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

export function createPullCommand(): Command {
  return new Command('pull')
    .description('read what is new in an account, now')
    .argument('<account>', 'account id')
    .action(async (accountId: string, _options: object, command: Command) => {
      await withContext(({ stores, controls }) => pullAccount({ ...stores, controls }, accountId));
      answer(wantsJson(command), { accountId, started: true }, () => `Pull of ${accountId} started.`);
    });
}

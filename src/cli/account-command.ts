import { Command } from 'commander';
import { pauseAccount } from '../../api/operations/pause-account.ts';
import { replaceSecret } from '../../api/operations/replace-secret.ts';
import { resumeAccount } from '../../api/operations/resume-account.ts';
import { createAccountTester } from '../create-account-tester.ts';
import { createAccountAddCommand } from './account-add-command.ts';
import { createAccountChangeCommands } from './account-change-commands.ts';
import { createAccountListCommand } from './account-list-command.ts';
import { createAccountLoginCommand } from './account-login-command.ts';
import { createAccountTaxonomyCommand } from './account-taxonomy-command.ts';
import { createAccountTestCommand } from './account-test-command.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { readSecret } from './read-secret.ts';

export function createAccountCommand(): Command {
  const account = new Command('account').description('mailboxes that are read');
  account.addCommand(createAccountListCommand());
  account.addCommand(createAccountAddCommand());
  account.addCommand(createAccountLoginCommand());
  account.addCommand(createAccountTaxonomyCommand());
  account.addCommand(createAccountTestCommand());
  for (const command of createAccountChangeCommands()) account.addCommand(command);
  account
    .command('pause')
    .description('stop reading an account')
    .argument('<id>')
    .option('--reason <text>', 'shown to others', 'paused by hand')
    .action(async (id: string, { reason }: { reason: string }, command: Command) => {
      await withContext((context) => pauseAccount({ ...context.stores, ...context }, id, reason));
      answer(wantsJson(command), { id, state: 'paused' }, () => `Account ${id} is paused.`);
    });
  account
    .command('resume')
    .description('read an account again, at once: one that is paused, or whose provider asked for a wait')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      await withContext((context) => resumeAccount({ ...context.stores, ...context }, id));
      answer(wantsJson(command), { id, state: 'active' }, () => `Account ${id} is read again.`);
    });
  account
    .command('password')
    .description('replace the password; it comes from --password-file or MAILROOM_ACCOUNT_PASSWORD')
    .argument('<id>')
    .option('--password-file <path>')
    .option('--no-test', 'do not log in first')
    .action(replacePassword);
  return account;
}

async function replacePassword(
  id: string,
  options: { readonly passwordFile?: string; readonly test: boolean },
  command: Command,
): Promise<void> {
  const secret = await readSecret(options.passwordFile);
  const { state, resumed } = await withContext(async (context) => {
    const deps = { ...context.stores, ...context, testAccount: createAccountTester(context) };
    const resumed = await replaceSecret(deps, id, { secret, force: !options.test });
    return { ...(await context.stores.accounts.get(id)), resumed };
  });
  answer(wantsJson(command), { id, state }, () =>
    state === 'paused'
      ? `The password of ${id} is replaced. Read it again: npm run mailroom -- account resume ${id}`
      : `The password of ${id} is replaced${resumed ? '; it is read again' : ''}.`,
  );
}

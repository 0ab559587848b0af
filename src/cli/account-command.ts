import { Command } from 'commander';
import { pauseAccount } from '../../api/operations/pause-account.ts';
import { resumeAccount } from '../../api/operations/resume-account.ts';
import { createAccountAddCommand } from './account-add-command.ts';
import { tryLogin } from './account-login.ts';
import { createAccountLoginCommand } from './account-login-command.ts';
import { createAccountTaxonomyCommand } from './account-taxonomy-command.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { readSecret } from './read-secret.ts';
import { renderTable } from './render-table.ts';

export function createAccountCommand(): Command {
  const account = new Command('account').description('mailboxes that are read');
  account.command('list').description('all accounts').action(listAccounts);
  account.addCommand(createAccountAddCommand());
  account.addCommand(createAccountLoginCommand());
  account.addCommand(createAccountTaxonomyCommand());
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
    .description('read a paused account again')
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

async function listAccounts(_options: object, command: Command): Promise<void> {
  const accounts = await withContext(({ stores }) => stores.accounts.list());
  answer(wantsJson(command), accounts, () =>
    renderTable(
      ['id', 'kind', 'mode', 'state', 'every', 'last pull', 'trouble'],
      accounts.map((a) => [
        a.id,
        a.kind,
        a.mode,
        a.state,
        a.mode === 'manual' ? '-' : `${a.pullEverySeconds} s`,
        a.lastPullAt?.toISOString().slice(0, 19) ?? '-',
        a.stateReason ?? a.lastPullError ?? '-',
      ]),
      { whole: 0 },
    ),
  );
}

async function replacePassword(
  id: string,
  options: { readonly passwordFile?: string; readonly test: boolean },
  command: Command,
): Promise<void> {
  const secret = await readSecret(options.passwordFile);
  const { state } = await withContext(async ({ stores, sealer }) => {
    const account = await stores.accounts.get(id);
    if (options.test) await tryLogin(account, secret);
    await stores.accounts.replaceSecret(id, sealer.seal(Buffer.from(secret), `account/secret/${id}`));
    return account;
  });
  answer(wantsJson(command), { id, state }, () =>
    state === 'paused'
      ? `The password of ${id} is replaced. Read it again: npm run mailroom -- account resume ${id}`
      : `The password of ${id} is replaced.`,
  );
}

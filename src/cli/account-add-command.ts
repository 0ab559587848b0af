import { Command } from 'commander';
import { addAccount, toAccount } from '../../api/operations/add-account.ts';
import { assertOpens } from '../../api/operations/assert-opens.ts';
import { NewAccount } from '../../api/schemas/account.ts';
import { createAccountTester } from '../create-account-tester.ts';
import { hasMailbox } from '../domain/has-mailbox.ts';
import {
  addConnectionOptions,
  type ConnectionOptions,
  toConnectionBody,
  toOptionFault,
} from './account-connection-options.ts';
import { addSettingsOptions, type SettingsOptions, toSettings } from './account-settings-options.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { parseAccountId } from './parse-options.ts';

type AddOptions = ConnectionOptions & SettingsOptions;

export function createAccountAddCommand(): Command {
  const command = new Command('add')
    .description('read a mailbox: IMAP, Microsoft 365 (graph), Gmail, or a folder of files')
    .argument('<id>', 'lower-case letters, digits and dashes', parseAccountId);
  return addSettingsOptions(addConnectionOptions(command)).action(add);
}

async function add(id: string, options: AddOptions, command: Command): Promise<void> {
  const body = await toNewAccount(id, options);
  const account = toAccount(body);
  await withContext(async (context) => {
    const testAccount = createAccountTester(context);
    const secret = 'secret' in body ? body.secret : undefined;
    if (options.test) await assertOpens({ testAccount }, account, secret);
    await addAccount({ ...context.stores, ...context }, body);
  });
  answer(wantsJson(command), { id, mode: account.mode }, () => {
    if (account.oauth?.grant === 'user')
      return `Account ${id} added. Sign in to its mailbox: npm run mailroom -- account login ${id}`;
    if (!hasMailbox(account))
      return `Account ${id} added. Load mail into it: npm run mailroom -- import PATH --account ${id}`;
    return account.mode === 'manual'
      ? `Account ${id} added. Pull it with: npm run mailroom -- pull ${id}`
      : `Account ${id} added; it is read every ${account.pullEverySeconds} s.`;
  });
}

/** Judged by the schema of the API, so that both doors take the same. */
async function toNewAccount(id: string, options: AddOptions): Promise<NewAccount> {
  const { name = id, address = options.username ?? options.mailbox } = options;
  const parsed = NewAccount.safeParse({
    ...(await toConnectionBody(options)),
    ...toSettings(options),
    id,
    name,
    address,
  });
  if (parsed.success) return parsed.data;
  throw toOptionFault('The account cannot be added', parsed.error.issues);
}

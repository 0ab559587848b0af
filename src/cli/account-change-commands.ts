import { Command } from 'commander';
import { changeAccount } from '../../api/operations/change-account.ts';
import { removeAccount } from '../../api/operations/remove-account.ts';
import { switchConnection } from '../../api/operations/switch-connection.ts';
import { NewConnection } from '../../api/schemas/account.ts';
import { AccountChange } from '../../api/schemas/account-settings.ts';
import { createAccountTester } from '../create-account-tester.ts';
import { createUnsubscribe } from '../create-unsubscribe.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import {
  addConnectionOptions,
  type ConnectionOptions,
  collect,
  toConnectionBody,
  toOptionFault,
} from './account-connection-options.ts';
import { addSettingsOptions, type SettingsOptions, toSettings } from './account-settings-options.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

type SetOptions = SettingsOptions & { readonly folder: string[]; readonly label: string[] };

/** `set`, `switch` and `remove` of `mailroom account`. */
export function createAccountChangeCommands(): Command[] {
  const set = new Command('set')
    .description('change settings; what is left out stays, and `none` lifts a limit')
    .argument('<id>')
    .option('--folder <name>', 'imap, graph: all that are to be read; repeat', collect, [])
    .option('--label <name>', 'gmail: all that are to be read; repeat', collect, []);
  const toSwitch = new Command('switch')
    .description('read another mailbox; mail that is stored stays, and none is processed twice')
    .argument('<id>');
  const remove = new Command('remove')
    .description('read an account no more; its mail stays unless --data delete')
    .argument('<id>')
    .option('--data <keep|delete>', 'delete: all that is stored of it, for good', 'keep')
    .option('--confirm <id>', 'with --data delete: the id once more');
  return [
    addSettingsOptions(set).action(change),
    addConnectionOptions(toSwitch).action(switchTo),
    remove.action(removeOne),
  ];
}

function toOperations(context: Context) {
  return {
    ...context.stores,
    ...context,
    testAccount: createAccountTester(context),
    unsubscribe: createUnsubscribe(context),
  };
}

async function change(id: string, options: SetOptions, command: Command): Promise<void> {
  const { folder, label } = options;
  const changes = {
    ...toSettings(options),
    ...(folder.length === 0 ? {} : { folders: folder }),
    ...(label.length === 0 ? {} : { labels: label }),
  };
  if (Object.keys(changes).length === 0) {
    throw new ServiceError('InvalidInput', 'No setting was named, so nothing was changed', {
      fix: 'Name one: npm run mailroom -- account set --help',
    });
  }
  const parsed = AccountChange.safeParse(changes);
  if (!parsed.success) throw toOptionFault('Nothing was changed', parsed.error.issues);
  await withContext((context) => changeAccount(toOperations(context), id, parsed.data));
  answer(wantsJson(command), { id, changed: Object.keys(parsed.data) }, () => `Account ${id} is changed.`);
}

async function switchTo(id: string, options: ConnectionOptions, command: Command): Promise<void> {
  const body = { ...(await toConnectionBody(options)), force: !options.test };
  const parsed = NewConnection.safeParse(body);
  if (!parsed.success) throw toOptionFault('Nothing was changed', parsed.error.issues);
  const { state } = await withContext(async (context) => {
    await switchConnection(toOperations(context), id, parsed.data);
    return context.stores.accounts.get(id);
  });
  const paused = ` It is paused: npm run mailroom -- account resume ${id}`;
  answer(
    wantsJson(command),
    { id, kind: parsed.data.kind, state },
    () => `Account ${id} has another mailbox now.${state === 'paused' ? paused : ''}`,
  );
}

async function removeOne(
  id: string,
  { data, confirm }: { readonly data: string; readonly confirm?: string },
  command: Command,
): Promise<void> {
  if (data !== 'keep' && data !== 'delete') {
    throw new ServiceError('InvalidInput', `--data is keep or delete, not ${data}`, {
      fix: 'Give one of them.',
    });
  }
  await withContext((context) => removeAccount(toOperations(context), id, { data, confirm }));
  answer(wantsJson(command), { id, data }, () =>
    data === 'keep'
      ? `Account ${id} is read no more; its mail stays.`
      : `Account ${id} is read no more; a run deletes all that is stored of it.`,
  );
}

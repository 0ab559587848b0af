import { Command } from 'commander';
import { getAccountInUse } from '../../api/operations/get-account-in-use.ts';
import { createAccountTester } from '../create-account-tester.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

export function createAccountTestCommand(): Command {
  return new Command('test')
    .description('open the mailbox of an account and look at its folders: the exact fault and the fix')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const result = await withContext(async (context) =>
        createAccountTester(context)(await getAccountInUse(context.stores, id)),
      );
      answer(wantsJson(command), { id, ...result }, () =>
        result.ok
          ? [`The mailbox of ${id} opens.`, ...result.lines.map(toPrintableLine)].join('\n')
          : [toPrintableLine(result.fault), ...(result.fix === undefined ? [] : [result.fix])].join('\n'),
      );
      if (!result.ok) process.exitCode = 1;
    });
}

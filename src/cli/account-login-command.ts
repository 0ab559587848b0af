import { Command } from 'commander';
import { getAccountInUse } from '../../api/operations/get-account-in-use.ts';
import { resumeSignedIn } from '../../api/operations/resume-signed-in.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { signIn } from './sign-in.ts';

export function createAccountLoginCommand(): Command {
  return new Command('login')
    .description('sign in to a mailbox at its provider (OAuth), in a browser on any machine')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const resumed = await withContext(async (context) => {
        await getAccountInUse(context.stores, id);
        await signIn(context, id, tell);
        return resumeSignedIn({ ...context.stores, ...context }, id);
      });
      answer(wantsJson(command), { id, resumed }, () =>
        resumed ? `Account ${id} is signed in and read again.` : `Account ${id} is signed in.`,
      );
    });
}

/** Standard output is for the answer. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

import { Command, InvalidArgumentError } from 'commander';
import { ACCOUNT_ID_PATTERN } from '../domain/account.ts';
import { exitWithError } from '../exit-with-error.ts';
import { startMailroom } from './start-mailroom.ts';

const program = new Command('npm start --')
  .description('Start the mail room with servers of its own')
  .option('--mail <path>', 'folder of .eml, mbox, JSON or NDJSON to load instead of the sample mailbox')
  .option('--account <id>', 'account that takes it', parseAccountId)
  .option('--once', 'process what was given, print a summary, and exit')
  .option('--json', 'print one JSON object on standard output')
  .showHelpAfterError()
  .action(startMailroom);

await program.parseAsync().catch(exitWithError);

function parseAccountId(text: string): string {
  if (ACCOUNT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 48 lower-case letters, digits and dashes.');
}

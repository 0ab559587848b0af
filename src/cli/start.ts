import { Command } from 'commander';
import { exitWithError } from '../exit-with-error.ts';
import { loadEnvFile } from '../load-env-file.ts';
import { endWithReader } from './end-with-reader.ts';
import { parseAccountId, parseAddress } from './parse-options.ts';
import { type StartOptions, startMailroom } from './start-mailroom.ts';

const program = new Command('npm start --')
  .description('Start the mail room with servers of its own')
  .option('--mail <path>', 'folder of .eml, mbox, JSON or NDJSON to load instead of the sample mailbox')
  .option('--account <id>', 'account that takes it', parseAccountId)
  .option(
    '--address <address>',
    'address that answers are sent from; without one none is drafted',
    parseAddress,
  )
  .option('--once', 'process what was given, print a summary, and exit')
  .option('--json', 'print one JSON object on standard output')
  .showHelpAfterError()
  .allowExcessArguments(false)
  .action((options: StartOptions) => {
    loadEnvFile();
    return startMailroom(options);
  });

endWithReader();
await program.parseAsync().catch(async (error: unknown) => {
  const { inCommands, toKnownError } = await import('./to-known-error.ts');
  exitWithError(inCommands(toKnownError(error)));
});

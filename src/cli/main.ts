import { Command } from 'commander';
import { exitWithError } from '../exit-with-error.ts';
import { loadEnvFile } from '../load-env-file.ts';
import { createAccountCommand } from './account-command.ts';
import { createBatchCommand } from './batch-command.ts';
import { createDoctorCommand } from './doctor-command.ts';
import { endWithReader } from './end-with-reader.ts';
import { createImportCommand } from './import-command.ts';
import { createMessagesCommand } from './messages-command.ts';
import { createPullCommand } from './pull-command.ts';
import { createRetryCommand } from './retry-command.ts';
import { createStatusCommand } from './status-command.ts';
import { createTemporalCommand } from './temporal-command.ts';
import { inCommands, toKnownError } from './to-known-error.ts';

const program = new Command('mailroom')
  .description('A durable mail room for shared mailboxes')
  .option('--json', 'answer with one JSON value');
for (const command of [
  createImportCommand(),
  createPullCommand(),
  createStatusCommand(),
  createMessagesCommand(),
  createRetryCommand(),
  createAccountCommand(),
  createBatchCommand(),
  createTemporalCommand(),
  createDoctorCommand(),
]) {
  program.addCommand(command);
}
configureAll(program);
program.hook('preAction', loadEnvFile);
endWithReader();

await program.parseAsync().catch((error: unknown) => exitWithError(inCommands(toKnownError(error))));

/** Every command says how it is used when it is used wrongly, and takes `--json` before or after its name. */
function configureAll(parent: Command): void {
  parent.showHelpAfterError().allowExcessArguments(false);
  for (const command of parent.commands) {
    command.option('--json', 'answer with one JSON value');
    configureAll(command);
  }
}

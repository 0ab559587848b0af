import { Command } from 'commander';
import { exitWithError } from '../exit-with-error.ts';
import { createAccountCommand } from './account-command.ts';
import { createDoctorCommand } from './doctor-command.ts';
import { createImportCommand } from './import-command.ts';
import { createMessagesCommand } from './messages-command.ts';
import { createPullCommand } from './pull-command.ts';
import { createRetryCommand } from './retry-command.ts';
import { createStatusCommand } from './status-command.ts';
import { createTemporalCommand } from './temporal-command.ts';

const program = new Command('mailroom')
  .description('A durable mail room for shared mailboxes')
  .option('--json', 'answer with one JSON value')
  .showHelpAfterError();
for (const command of [
  createImportCommand(),
  createPullCommand(),
  createStatusCommand(),
  createMessagesCommand(),
  createRetryCommand(),
  createAccountCommand(),
  createTemporalCommand(),
  createDoctorCommand(),
]) {
  program.addCommand(command);
}
acceptJsonEverywhere(program);

await program.parseAsync().catch(exitWithError);

/** `--json` may stand before or after the command. */
function acceptJsonEverywhere(parent: Command): void {
  for (const command of parent.commands) {
    command.option('--json', 'answer with one JSON value');
    acceptJsonEverywhere(command);
  }
}

import { Command } from 'commander';
import { exitWithError } from '../exit-with-error.ts';
import { loadEnvFile } from '../load-env-file.ts';
import { endWithReader } from './end-with-reader.ts';

/** Loading is most of what a short command takes: only the one that is named is loaded, all of them for the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./import-command.ts')).createImportCommand(),
  audit: async () => (await import('./audit-command.ts')).createAuditCommand(),
  pull: async () => (await import('./pull-command.ts')).createPullCommand(),
  status: async () => (await import('./status-command.ts')).createStatusCommand(),
  messages: async () => (await import('./messages-command.ts')).createMessagesCommand(),
  retry: async () => (await import('./retry-command.ts')).createRetryCommand(),
  replay: async () => (await import('./replay-command.ts')).createReplayCommand(),
  learn: async () => (await import('./learn-command.ts')).createLearnCommand(),
  models: async () => (await import('./models-command.ts')).createModelsCommand(),
  account: async () => (await import('./account-command.ts')).createAccountCommand(),
  batch: async () => (await import('./batch-command.ts')).createBatchCommand(),
  temporal: async () => (await import('./temporal-command.ts')).createTemporalCommand(),
  doctor: async () => (await import('./doctor-command.ts')).createDoctorCommand(),
};

const program = new Command('mailroom')
  .description('A durable mail room for shared mailboxes')
  .option('--json', 'answer with one JSON value');
program.hook('preAction', loadEnvFile);
endWithReader();

await run().catch(async (error: unknown) => {
  const { inCommands, toKnownError } = await import('./to-known-error.ts');
  exitWithError(inCommands(toKnownError(error)));
});

async function run(): Promise<void> {
  for (const command of await loadCommands(process.argv.slice(2))) program.addCommand(command);
  configureAll(program);
  await program.parseAsync();
}

function loadCommands(args: readonly string[]): Promise<Command[]> {
  // `--json` is the only option that may stand before the command.
  const name = args.find((arg) => arg !== '--json') ?? '';
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return Promise.all((named === undefined ? Object.values(COMMANDS) : [named]).map((load) => load()));
}

/** Every command says how it is used when it is used wrongly, and takes `--json` before or after its name. */
function configureAll(parent: Command): void {
  parent.showHelpAfterError().allowExcessArguments(false);
  for (const command of parent.commands) {
    command.option('--json', 'answer with one JSON value');
    configureAll(command);
  }
}

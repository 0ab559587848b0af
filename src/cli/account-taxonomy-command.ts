import { Command } from 'commander';
import { readTextFile } from '../analysis/taxonomy/read-text-file.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Taxonomy } from '../domain/taxonomy.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

interface TaxonomyOptions {
  readonly file?: string;
  readonly reset?: boolean;
}

export function createAccountTaxonomyCommand(): Command {
  return new Command('taxonomy')
    .description('show the categories of an account, give it its own, or take them away')
    .argument('<id>')
    .option('--file <path>', 'YAML after the model of src/analysis/taxonomy/default.yaml')
    .option('--reset', 'back to the categories of the house')
    .action(async (id: string, options: TaxonomyOptions, command: Command) => {
      const shown = await change(id, options);
      answer(wantsJson(command), { id, ...shown }, () => describe(id, shown));
    });
}

async function change(id: string, { file, reset }: TaxonomyOptions) {
  if (file !== undefined && reset === true) {
    throw new ServiceError('InvalidInput', '--file and --reset contradict each other', { fix: 'Give one.' });
  }
  const yaml =
    file === undefined ? undefined : readTextFile(file, { name: file, fix: 'Name a readable YAML file.' });
  return withContext(async ({ stores, taxonomies }) => {
    await stores.accounts.get(id);
    if (yaml !== undefined) await taxonomies.set(id, yaml);
    if (reset === true) await taxonomies.reset(id);
    const { version, categories } = await taxonomies.get(id);
    return { own: (await taxonomies.findText(id)) !== undefined, version, categories };
  });
}

function describe(id: string, { own, version, categories }: { own: boolean } & Omit<Taxonomy, 'replies'>) {
  const rows = categories.map((one) => [one.id, one.name, one.priority, one.odoo, one.reply]);
  const whose = own ? `of account ${id}` : 'of the house';
  return `${renderTable(['id', 'name', 'priority', 'odoo', 'reply'], rows, { whole: 0 })}\n\nThe categories ${whose}, version ${version}.`;
}

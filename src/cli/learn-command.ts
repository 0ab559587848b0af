import { Command, Option } from 'commander';
import { createTrainer } from '../analysis/learned/create-trainer.ts';
import { toMeanings } from '../analysis/learned/meaning/to-meanings.ts';
import { assertTrainable } from '../assert-trainable.ts';
import { LEARNED_FIELDS, type LearnedField } from '../domain/learning.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { readLabelledFile } from '../read-labelled-file.ts';
import { type LabelledFolder, readLabelledFolder } from '../read-labelled-folder.ts';
import { renewCorrections } from '../renew-corrections.ts';
import { toExample } from '../sealed-learning.ts';
import { type Taught, teachAccount } from '../teach-account.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { describeSure } from './describe-sure.ts';
import { parseShare } from './parse-options.ts';

interface LearnOptions {
  readonly account: string;
  readonly field: LearnedField;
  readonly file?: string;
  readonly column?: string;
  readonly folder?: string;
  readonly label?: string;
  readonly corrections?: boolean;
  readonly targetError?: number;
}

export function createLearnCommand(): Command {
  return new Command('learn')
    .description('teach an account from labelled mail; its decisions follow from the next message on')
    .requiredOption('--account <id>', 'account that learns')
    .addOption(new Option('--field <field>', 'what is taught').choices(LEARNED_FIELDS).default('category'))
    .option('--file <path>', 'JSON Lines: subject, body, and the label')
    .option('--column <name>', 'column of the label (default: the field)')
    .option('--folder <name>', 'IMAP folder whose mail all has --label')
    .option('--label <label>', 'label of the folder')
    .option('--corrections', 'train on what people corrected in use')
    .option(
      '--target-error <share>',
      'what share of the sure decisions may be wrong (default: TARGET_ERROR)',
      parseShare,
    )
    .action(async (options: LearnOptions, command: Command) => {
      const taught = await withContext((context) => learn(context, options));
      answer(wantsJson(command), taught, () => describe(taught));
    });
}

/** What was given: also how much of it could not be read, or has no label. */
interface Given extends LabelledFolder {
  readonly unlabelled: number;
}

type Learned = Taught & Omit<Given, 'rows'>;

async function learn(
  { config, stores, sealer, taxonomies, embedder }: Context,
  options: LearnOptions,
): Promise<Learned> {
  const { field } = options;
  const account = await stores.accounts.get(options.account);
  const { rows, unreadable, unlabelled } = await readRows({ stores, sealer }, account, options);
  const allowed =
    field === 'priority' ? PRIORITIES : (await taxonomies.get(account.id)).categories.map(({ id }) => id);
  const wrong = rows.find(({ label }) => !allowed.some((one) => one === label));
  if (wrong !== undefined) {
    throw new ServiceError('InvalidInput', `"${toPrintableLine(wrong.label)}" is no ${field}`, {
      fix: `Labels are ${allowed.join(', ')}.`,
    });
  }
  const given = { accountId: account.id, field, messageId: null };
  const origin = options.folder === undefined ? 'file' : 'folder';
  const meanings = await toMeanings(
    embedder,
    rows.map(({ text }) => text),
  );
  const examples = rows.map((row, i) =>
    toExample({ ...given, ...row, meaning: meanings[i], origin }, sealer),
  );
  const distinct = [...new Map(examples.map((one) => [one.key, one])).values()];
  if (options.file !== undefined)
    await assertTrainable({ stores, sealer }, distinct, { file: options.file, unlabelled });
  await stores.learning.saveExamples(distinct);
  if (options.corrections === true) await renewCorrections({ stores, sealer, embedder }, account.id, field);
  const trainer = createTrainer();
  const targetError = options.targetError ?? config.model.targetErrors[field];
  const classroom = { stores, sealer, trainer, embedder, targetError };
  const taught = await teachAccount(classroom, account.id, field).finally(() => trainer.close());
  return { ...taught, unreadable, unlabelled };
}

async function readRows(
  { stores, sealer }: Pick<Context, 'stores' | 'sealer'>,
  account: Awaited<ReturnType<Context['stores']['accounts']['get']>>,
  { file, column, folder, label, corrections, field }: LearnOptions,
): Promise<Given> {
  if (file !== undefined && folder === undefined && corrections !== true) {
    return { ...(await readLabelledFile(file, column ?? field)), unreadable: 0 };
  }
  if (folder !== undefined && label !== undefined && file === undefined) {
    const sealed = await stores.accounts.findSecret(account.id);
    const secret = sealed && Buffer.from(sealer.open(sealed, `account/secret/${account.id}`)).toString();
    return { ...(await readLabelledFolder(account, secret ?? '', folder, label)), unlabelled: 0 };
  }
  if (corrections === true && file === undefined && folder === undefined)
    return { rows: [], unreadable: 0, unlabelled: 0 };
  throw new ServiceError('InvalidInput', 'Name --file, or --folder with --label, or --corrections', {
    fix: 'npm run mailroom -- learn --account ID --file labelled.jsonl',
  });
}

function describe({ leftAside, ...learned }: Learned): string {
  const said = describeTraining(learned);
  if (leftAside === 0) return said;
  return `${said}\n${leftAside} examples of an earlier version were left aside. The same files and folders teach them anew (learn --file, learn --folder), and learn --corrections what people corrected.`;
}

function describeTraining({
  field,
  rows,
  labels,
  skipped,
  figures,
  seconds,
  unreadable,
  unlabelled,
}: Omit<Learned, 'leftAside'>): string {
  const notes = [
    ...(unreadable === 0 ? [] : [`${unreadable} could not be read`]),
    ...(unlabelled === 0 ? [] : [`${unlabelled} of the file have no label`]),
  ];
  const without = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  const what = `${rows} rows of ${labels} labels for the ${field}${without}`;
  if (skipped !== undefined || figures === undefined) return `${what}: not trained, ${skipped ?? ''}`;
  const right = Math.round(figures.accuracy * 100);
  return `${what}: ${right} of 100 right on rows held aside, trained in ${seconds ?? 0} s.\n${describeSure(figures, { field, rows })}`;
}

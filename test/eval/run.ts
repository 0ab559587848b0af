import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exitWithError } from '../../src/exit-with-error.ts';
import type { EvalTask } from './eval-options.ts';
import { roundFigures } from './metrics/round-figures.ts';
import { TASKS } from './tasks.ts';

const USAGE =
  'npm run eval -- TASK [--train F] --test F [--field NAME] [--model FOLDER|none] [--seed N] [--json]';

/** Measures one task on labelled rows; the last line is one JSON object. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      train: { type: 'string' },
      test: { type: 'string' },
      field: { type: 'string' },
      model: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const load = TASKS[positionals[0] ?? ''];
  if (load === undefined) fail(`Name a task: ${Object.keys(TASKS).join(', ')}`);
  if (values.test === undefined) fail('Name the rows to measure on with --test');
  const absent = [values.train, values.test].find((path) => path !== undefined && !existsSync(path));
  if (absent !== undefined) return print({ skipped: `no data at ${absent}` }, values.json === true);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) fail(`"${values.seed}" is not a whole number`);
  const task: EvalTask = await load();
  const { train, test, field, model } = values;
  const figures = await task.run({ train, test, field, seed, model });
  print({ task: positionals[0], seed, ...roundFigures(figures) }, values.json === true);
  process.exit(0);
}

function print(result: object, oneLine: boolean): void {
  process.stdout.write(`${JSON.stringify(result, null, oneLine ? undefined : 2)}\n`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n${USAGE}\n`);
  process.exit(2);
}

await main().catch(exitWithError);

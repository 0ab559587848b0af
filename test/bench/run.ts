import { parseArgs } from 'node:util';
import { exitWithError } from '../../src/exit-with-error.ts';
import type { BenchOptions } from './bench-options.ts';
import { benchDuplicates } from './duplicates.ts';
import { benchImap } from './imap.ts';
import { benchPipeline } from './pipeline.ts';

const BENCHES: Readonly<Record<string, { run(options: BenchOptions): Promise<object>; n: number }>> = {
  pipeline: { run: benchPipeline, n: 600 },
  duplicates: { run: benchDuplicates, n: 1000 },
  imap: { run: benchImap, n: 1000 },
};

/** `npm run bench -- NAME [--json] [--n N] [--seed N]`; the last line is one JSON object. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, n: { type: 'string' }, seed: { type: 'string' } },
  });
  const bench = BENCHES[positionals[0] ?? ''];
  if (bench === undefined) {
    process.stderr.write(`Name a bench: ${Object.keys(BENCHES).join(', ')}\n`);
    process.exit(2);
  }
  const options = { n: toWhole(values.n, bench.n), seed: toWhole(values.seed, 1) };
  const result = await bench.run(options);
  process.stdout.write(`${JSON.stringify(result, null, values.json === true ? undefined : 2)}\n`);
  process.exit(0);
}

function toWhole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  process.stderr.write(`"${text}" is not a positive whole number\n`);
  process.exit(2);
}

await main().catch(exitWithError);

import { parseArgs } from 'node:util';
import { exitWithError } from '../../src/exit-with-error.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

export interface DrillOptions {
  readonly n: number | undefined;
  readonly seed: number;
  readonly kills: number | undefined;
  readonly faults: number | undefined;
  /** Parts of the drill, by name; empty: all. */
  readonly only: readonly string[];
  readonly say: (line: string) => void;
}

/** What every drill prints. */
export interface DrillAnswer {
  readonly seed: number;
  readonly trials: number;
  /** Expectations that were broken, of any kind. */
  readonly failures: number;
  /** Upper end of the rate of failures at 95 %, when there were none (rule of three). */
  readonly bound: number;
}

const DRILLS: Readonly<Record<string, () => Promise<(options: DrillOptions) => Promise<DrillAnswer>>>> = {
  kill: async () => (await import('./kill-drill.ts')).killDrill,
  ingest: async () => (await import('./ingest/ingest-drill.ts')).ingestDrill,
};

/** `npm run drill -- NAME [--json] [--n N] [--seed N] …`; the last line is one JSON object. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      n: { type: 'string' },
      seed: { type: 'string' },
      kills: { type: 'string' },
      faults: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  const name = positionals[0] ?? '';
  const load = Object.hasOwn(DRILLS, name) ? DRILLS[name] : undefined;
  if (load === undefined) {
    say(`Name a drill: ${Object.keys(DRILLS).join(', ')}`);
    process.exit(2);
  }
  const drill = await load();
  const answer = await drill({
    n: toWhole(values.n),
    seed: toWhole(values.seed) ?? 1,
    kills: toWhole(values.kills),
    faults: toWhole(values.faults),
    only: values.only ?? [],
    say,
  });
  process.stdout.write(`${JSON.stringify(answer, null, values.json === true ? undefined : 2)}\n`);
  process.exit(answer.failures === 0 ? 0 : 1);
}

function toWhole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  say(`"${text}" is not a positive whole number`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main().catch(exitWithError);

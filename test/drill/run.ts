import { parseArgs } from 'node:util';
import { exitWithError } from '../../src/exit-with-error.ts';
import { runKillDrill } from './kill.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/** `npm run drill -- kill [--json] [--n N] [--seed N] [--kills N]`; the last line is one JSON object. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      n: { type: 'string' },
      seed: { type: 'string' },
      kills: { type: 'string' },
    },
  });
  if (positionals[0] !== 'kill') {
    say('Name a drill: kill');
    process.exit(2);
  }
  const options = {
    n: toWhole(values.n, 500),
    seed: toWhole(values.seed, 1),
    kills: toWhole(values.kills, 10),
  };
  const results = await runKillDrill({ ...options, say });
  const failures =
    results.lost + results.duplicateRows + results.doubleSends + results.sentButMissing + results.quarantined;
  const trials = options.kills * 3;
  const answer = { seed: options.seed, n: options.n, trials, failures, bound: 3 / trials, ...results };
  process.stdout.write(`${JSON.stringify(answer, null, values.json === true ? undefined : 2)}\n`);
  process.exit(failures === 0 ? 0 : 1);
}

function toWhole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  say(`"${text}" is not a positive whole number`);
  process.exit(2);
}

await main().catch(exitWithError);

import type { EvalTask } from '../eval-options.ts';
import { type Labelled, learnAndDecide } from '../learn-and-decide.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { scoreLabels } from '../metrics/macro-f1.ts';
import { readRows } from '../read-rows.ts';

interface Ticket {
  readonly source?: string;
  readonly subject?: string | null;
  readonly title?: string;
  readonly body?: string | null;
  readonly group?: string;
  readonly [column: string]: unknown;
}

/** Type and queue have one meaning only in these sources. */
const NARROW = { fields: ['type', 'queue'], sources: ['tb_v3', 'tb_v4', 'tb_v5'] };

/** How well an account that was taught by some tickets decides others, by any of their columns. */
export const task: EvalTask = {
  async run({ train, test, field = 'priority_system', seed }) {
    const own = await load(train ?? test, field);
    const other = await load(test, field);
    const { decisions, trainSeconds } = learnAndDecide(own, other, seed);
    const truth = other.map(({ label }) => label);
    const predicted = decisions.map(({ label }) => label);
    const { macroF1, accuracy } = scoreLabels(truth, predicted);
    const ece = calibrationError(
      decisions.map(({ confidence }) => confidence),
      truth.map((label, i) => label === predicted[i]),
    );
    const bySource = Object.fromEntries(
      [...new Set(other.map(({ source }) => source))].sort().map((source) => {
        const mine = other.flatMap((row, i) => (row.source === source ? [i] : []));
        const scores = scoreLabels(
          mine.map((i) => truth[i] ?? ''),
          mine.map((i) => predicted[i] ?? ''),
        );
        return [source, { rows: mine.length, macroF1: scores.macroF1, accuracy: scores.accuracy }];
      }),
    );
    return { field, rows: other.length, trained: own.length, macroF1, accuracy, ece, bySource, trainSeconds };
  },
};

async function load(path: string, field: string): Promise<(Labelled & { source: string })[]> {
  const { rows } = await readRows<Ticket>(path);
  return rows.flatMap((row, i) => {
    const label = row[field];
    const source = row.source ?? 'all';
    if ((typeof label !== 'string' && typeof label !== 'number') || label === '') return [];
    if (NARROW.fields.includes(field) && source.startsWith('tb_') && !NARROW.sources.includes(source))
      return [];
    const text = { subject: row.subject ?? row.title ?? '', body: row.body ?? '' };
    return [{ text, label: String(label), group: row.group ?? String(i), source }];
  });
}

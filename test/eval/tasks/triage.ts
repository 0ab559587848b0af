import { decideUnseen } from '../decide-unseen.ts';
import type { EvalTask } from '../eval-options.ts';
import type { Labelled } from '../learn-and-decide.ts';
import { readRows } from '../read-rows.ts';
import { scoreDecisions } from '../score-decisions.ts';

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
  async run({ train, test, field = 'priority_system', seed, model }) {
    const own = train === undefined ? undefined : await load(train, field);
    const other = await load(test, field);
    const { decisions, learning, ...how } = await decideUnseen(own, other, { seed, model });
    const bySource = Object.fromEntries(
      [...new Set(other.map(({ source }) => source))].sort().map((source) => {
        const mine = (_: unknown, i: number) => other[i]?.source === source;
        const rows = other.filter(mine);
        const { macroF1, accuracy } = scoreDecisions(decisions.filter(mine), rows);
        return [source, { rows: rows.length, macroF1, accuracy }];
      }),
    );
    const scores = scoreDecisions(decisions, other);
    return { field, rows: other.length, ...how, ...scores, bySource, ...learning };
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

import { findOfType } from '../../../src/mail/pii/find-patterns.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Row {
  readonly text: string;
  readonly entity: string;
  readonly expected_count: number;
  readonly positions: readonly (readonly [number, number])[];
}

/** Presidio's names of what we have under another name; the rest differs in case only. */
const TYPES: Readonly<Record<string, string>> = {
  credit_card: 'card',
  date_time: 'date',
  email_address: 'email',
  iban_code: 'iban',
  ip_address: 'ip',
  phone_number: 'phone',
};

/** Recognisers asked one at a time, as Presidio's own tests do. Keys: precision, recall, f1, placed, unsupported, byType. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    const byType: Record<string, { hits: number; missed: number; wrong: number }> = {};
    const unsupported = new Set<string>();
    let [placed, placeable] = [0, 0];
    for (const row of rows) {
      const name = row.entity.toLowerCase();
      const spans = findOfType(TYPES[name] ?? name, row.text);
      if (spans === undefined) unsupported.add(row.entity);
      const found = spans?.length ?? 0;
      byType[row.entity] ??= { hits: 0, missed: 0, wrong: 0 };
      const sums = byType[row.entity] ?? { hits: 0, missed: 0, wrong: 0 };
      sums.hits += Math.min(found, row.expected_count);
      sums.missed += Math.max(0, row.expected_count - found);
      sums.wrong += Math.max(0, found - row.expected_count);
      if (row.expected_count === 0) continue;
      placeable += row.positions.length;
      placed += row.positions.filter(([start, end]) =>
        spans?.some((span) => Math.abs(span.start - start) < 2 && Math.abs(span.end - end) < 2),
      ).length;
    }
    const sum = (key: 'hits' | 'missed' | 'wrong') =>
      Object.values(byType).reduce((total, sums) => total + sums[key], 0);
    const precision = sum('hits') / Math.max(1, sum('hits') + sum('wrong'));
    const recall = sum('hits') / Math.max(1, sum('hits') + sum('missed'));
    const f1 = (2 * precision * recall) / Math.max(Number.EPSILON, precision + recall);
    const place = placed / Math.max(1, placeable);
    return { rows: rows.length, precision, recall, f1, placed: place, unsupported: [...unsupported], byType };
  },
};

import { holdsId, knowsId } from '../../../src/mail/pii/check/holds-id.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Row {
  readonly kind: string;
  readonly number: string;
  readonly valid: boolean;
}

/** Check digits of identity numbers. Keys: accuracy (rows of supported kinds), kinds (supported), unsupported, byKind (faulty). */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    const byKind = new Map<string, { rows: number; right: number }>();
    const unsupported = new Set<string>();
    for (const { kind, number, valid } of rows) {
      if (!knowsId(kind)) {
        unsupported.add(kind);
        continue;
      }
      const sums = byKind.get(kind) ?? { rows: 0, right: 0 };
      byKind.set(kind, {
        rows: sums.rows + 1,
        right: sums.right + (holdsId(kind, number) === valid ? 1 : 0),
      });
    }
    const all = [...byKind.values()];
    const total = all.reduce((sum, kind) => sum + kind.rows, 0);
    return {
      rows: total,
      accuracy: all.reduce((sum, kind) => sum + kind.right, 0) / Math.max(1, total),
      kinds: byKind.size,
      unsupported: [...unsupported],
      byKind: Object.fromEntries([...byKind].filter(([, { rows: n, right }]) => right < n)),
    };
  },
};

import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';
import { expectedBy } from '../replies/expected-by.ts';
import { readBody } from '../replies/read-body.ts';

interface Row {
  readonly id: string;
  readonly source?: string;
  readonly format: 'text' | 'html' | 'eml';
  readonly input: string;
  readonly gold: string | null;
  readonly gold_kind: string;
}

/** Share of mails whose reply is found to the letter, as each source's labels mean it. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    const labelled = rows.filter((row) => row.gold !== null);
    const tallies = { bySource: new Map<string, boolean[]>(), byKind: new Map<string, boolean[]>() };
    const hits: boolean[] = [];
    const missed: string[] = [];
    for (const row of labelled) {
      const hit = await isExact(row);
      hits.push(hit);
      add(tallies.bySource, row.source ?? 'unnamed', hit);
      add(tallies.byKind, row.gold_kind, hit);
      if (!hit) missed.push(row.id);
    }
    return {
      n: labelled.length,
      unlabelled: rows.length - labelled.length,
      exact: share(hits),
      bySource: toShares(tallies.bySource),
      byKind: toShares(tallies.byKind),
      missed,
    };
  },
};

async function isExact(row: Row): Promise<boolean> {
  const { text, reply } = await readBody(row.format, row.input);
  const found = expectedBy(row.gold_kind, reply, text);
  const gold = row.gold ?? '';
  if (!/ignoring whitespace/.test(row.gold_kind)) return normalise(found) === normalise(gold);
  const wanted = /^html/.test(row.gold_kind) ? (await readBody('html', gold)).text : gold;
  return found.replace(/\s+/g, '') === wanted.replace(/\s+/g, '');
}

/** Line ends and trailing blanks are no words. */
function normalise(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function add(tally: Map<string, boolean[]>, key: string, hit: boolean): void {
  tally.set(key, [...(tally.get(key) ?? []), hit]);
}

function toShares(tally: ReadonlyMap<string, readonly boolean[]>): Record<string, number> {
  return Object.fromEntries([...tally].map(([key, hits]) => [key, share(hits)]));
}

function share(hits: readonly boolean[]): number {
  return hits.filter(Boolean).length / Math.max(1, hits.length);
}

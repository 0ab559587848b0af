import type { LearnedRow } from './learned-model.ts';

/** Indexes of each fold; groups stay whole, and each goes where fewest rows of its label are. */
export function splitFolds(rows: readonly LearnedRow[], folds: number): readonly ReadonlySet<number>[] {
  const groups = new Map<string, number[]>();
  for (const [i, { group }] of rows.entries()) {
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [i]);
    else members.push(i);
  }
  const result = Array.from({ length: folds }, () => ({
    members: new Set<number>(),
    labels: new Map<string, number>(),
  }));
  for (const members of [...groups.values()].sort((a, b) => b.length - a.length)) {
    const label = rows[members[0] as number]?.label ?? '';
    const fold = result.reduce((least, one) => (weightOf(one, label) < weightOf(least, label) ? one : least));
    for (const i of members) {
      fold.members.add(i);
      const own = rows[i]?.label ?? '';
      fold.labels.set(own, (fold.labels.get(own) ?? 0) + 1);
    }
  }
  return result.map(({ members }) => members);
}

function weightOf(fold: { members: Set<number>; labels: Map<string, number> }, label: string): number {
  return (fold.labels.get(label) ?? 0) * 1000 + fold.members.size;
}

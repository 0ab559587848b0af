import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { scoreInjection } from '../../../src/analysis/threat/injection/detect-injection.ts';
import {
  INJECTION_BITS,
  injectionFeatures,
} from '../../../src/analysis/threat/injection/injection-features.ts';
import { splitWindows, type Window } from '../../../src/analysis/threat/injection/split-windows.ts';
import type { FeatureBlocks, LinearModel } from '../../../src/analysis/threat/model/linear-model.ts';
import { type Example, type FitOptions, fitLinearModel } from './fit-linear-model.ts';
import { inventRows } from './invented-rows.ts';
import type { InjectionRow } from './read-injection-rows.ts';

export const INJECTION_FIT: FitOptions = {
  bits: INJECTION_BITS,
  seed: 1,
  epochs: 12,
  rate: 0.2,
  gains: [1, 1, 1],
};
/**
 * Of benign mail, held out fold by fold, that may be flagged. Most of it are mailing lists of programmers, which look
 * more like orders to a machine than any business letter: of those, far below 1 % are above such a threshold.
 */
export const FALSE_POSITIVE_SHARE = 0.025;
const FOLDS = 5;

/** What is planted must be found; everything around it, and ordinary mail, must not. */
export function toExamples(row: InjectionRow): Example[] {
  const windows = splitWindows(row.text);
  const weight = row.shape === 'email' ? 2 : 1;
  const example = (texts: readonly Window[], positive: boolean, share = weight): Example[] =>
    texts.length === 0 ? [] : [{ windows: texts.map(windowFeatures), positive, weight: share }];
  if (!row.isInjection) return example(windows, false);
  const attack = plain(row.attack ?? '');
  const planted = windows.filter((one) => isPartOf(plain(one.join(' ')), attack));
  if (attack === '' || planted.length === 0) return example(windows, true);
  const around = windows.filter((one) => !overlaps(plain(one.join(' ')), attack));
  return [...example(planted, true), ...example(around, false, 0.5)];
}

function windowFeatures(window: Window): FeatureBlocks {
  const blocks = window.map(injectionFeatures);
  return (blocks[0] ?? []).map((_, at) => Int32Array.from(blocks.flatMap((one) => [...(one[at] ?? [])])));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function isPartOf(window: string, attack: string): boolean {
  return window.length > 5 && (attack.includes(window) || window.includes(attack));
}

function overlaps(window: string, attack: string): boolean {
  return isPartOf(window, attack) || (attack.length > 20 && window.includes(attack.slice(0, 20)));
}

/** Fits on all rows; the threshold is where `share` of the benign mail passes that was held out, fold by fold. */
export function trainInjectionModel(
  rows: readonly InjectionRow[],
  mail: readonly InjectionRow[],
  requests: readonly InjectionRow[],
  share: number,
  fit: FitOptions = INJECTION_FIT,
): LinearModel {
  const all = [...rows, ...mail];
  // Single sentences, and some of them written to be hard: they teach and never set the threshold.
  const invented = [...inventRows(), ...requests].flatMap(toExamples);
  const random = createRandom(fit.seed);
  const folds = all.map(() => Math.floor(random() * FOLDS));
  const held: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitLinearModel(
      [...all.filter((_, i) => folds[i] !== fold).flatMap(toExamples), ...invented],
      fit,
    );
    for (const [i, row] of all.entries()) {
      if (folds[i] === fold && !row.isInjection && row.shape === 'email')
        held.push(scoreInjection(model, row.text));
    }
  }
  held.sort((a, b) => b - a);
  const threshold = held[Math.floor(held.length * share)] ?? 0.5;
  return {
    ...fitLinearModel([...all.flatMap(toExamples), ...invented], fit),
    threshold: Math.min(0.99, threshold + 0.005),
  };
}

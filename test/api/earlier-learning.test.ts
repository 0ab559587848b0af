import { readFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExampleRow } from '../../db/learning-store.ts';
import { createTrainer } from '../../src/analysis/learned/create-trainer.ts';
import { toLearnedText } from '../../src/analysis/learned/to-learned-text.ts';
import { createLearnedSource } from '../../src/create-learned-source.ts';
import { renewCorrections } from '../../src/renew-corrections.ts';
import { modelPlace, openStoredGrams, toExample } from '../../src/sealed-learning.ts';
import { teachAccount } from '../../src/teach-account.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

const FIXTURE = new URL('../fixtures/eval/triage.jsonl', import.meta.url);
const BODY = 'tomatoes 14 crates, cucumbers 9 crates, humidity 61 percent';

const trainer = createTrainer();
let api: TestApi;
let messageId: string;
let accountId: string;
let taught: ExampleRow[];

/** As it was stored before grams had a format. */
function toEarlier(example: ExampleRow): ExampleRow {
  const grams = openStoredGrams(example, api.sealer);
  const place = `learned_example/grams/${example.accountId}/${example.field}/${example.key}`;
  return { ...example, grams: api.sealer.seal((grams ?? new Uint8Array(1)).subarray(1), place) };
}

beforeAll(async () => {
  api = await openTestApi();
  const [id = ''] = await seedMail(api, [
    { subject: 'Figures of the greenhouse', view: { text: BODY, visibleText: BODY } },
  ]);
  messageId = id;
  ({ accountId } = await api.stores.messageList.get(id));
  const given = { accountId, field: 'category', messageId: null, origin: 'file' } as const;
  taught = readFileSync(FIXTURE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { subject: string; body: string; category: string })
    .map(({ category, ...text }) => toExample({ ...given, label: category, text }, api.sealer));
  const text = toLearnedText(await api.stores.messages.getView(id));
  const corrected = { ...given, messageId, origin: 'correction', label: 'order', text } as const;
  await api.stores.learning.saveExamples([toEarlier(toExample(corrected, api.sealer))]);
  const body = deflateSync(serialize({ format: 1, model: {}, weights: [] }));
  await api.stores.learning.saveModel({
    accountId,
    field: 'category',
    version: 'earlier',
    rows: 99,
    figures: {},
    body: api.sealer.seal(body, modelPlace(accountId, 'category')),
  });
});
afterAll(() => Promise.all([api.close(), trainer.close()]));

test('what an earlier version was taught decides nothing, is not named as having decided, and is told of once', async () => {
  const warnings: unknown[] = [];
  const logger = { warn: (...args: unknown[]) => void warnings.push(args) };
  const recall = createLearnedSource({ learning: api.stores.learning }, api.sealer, { logger });
  expect(await recall(accountId)).toBeUndefined();
  const priority = { method: 'PUT', url: `/api/messages/${messageId}/priority` } as const;
  await api.app.inject({ ...priority, payload: { priority: 'URGENT' } });
  await expect.poll(() => recall(accountId), { timeout: 60_000 }).toMatchObject({ version: /^learned\./ });
  const learned = await recall(accountId);
  expect(Object.keys(learned?.fields ?? {})).toEqual(['priority']);
  expect(warnings).toEqual([
    [expect.objectContaining({ field: 'category', model: true, corrections: 1 }), expect.any(String)],
  ]);
});

test('examples of an earlier version are left aside and counted, until they are taught anew', async () => {
  const { learning } = api.stores;
  const classroom = { stores: api.stores, sealer: api.sealer, trainer };
  await learning.saveExamples(taught.map((one, i) => (i < 20 ? toEarlier(one) : one)));
  expect(await teachAccount(classroom, accountId, 'category')).toMatchObject({
    rows: taught.length - 20,
    leftAside: 21,
  });
  await learning.saveExamples(taught);
  await renewCorrections(classroom, accountId, 'category');
  const { rows, leftAside } = await teachAccount(classroom, accountId, 'category');
  expect([rows, leftAside]).toEqual([taught.length + 1, 0]);
  const corrections = await learning.listExamples(accountId, 'category', 10, 'correction');
  expect(corrections).toMatchObject([{ messageId, label: 'order' }]);
});

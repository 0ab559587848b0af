import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTrainer } from '../../src/analysis/learned/create-trainer.ts';
import { createLocalEngine } from '../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { createLearnedSource } from '../../src/create-learned-source.ts';
import { toExample } from '../../src/sealed-learning.ts';
import { teachAccount } from '../../src/teach-account.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

const FIXTURE = new URL('../fixtures/eval/triage.jsonl', import.meta.url);
const BODY = 'tomatoes 14 crates, cucumbers 9 crates, humidity 61 percent';
const engine = createLocalEngine(loadTaxonomy());

const trainer = createTrainer();
let api: TestApi;
let ids: string[];
let accountId: string;

beforeAll(async () => {
  api = await openTestApi();
  const view = { text: BODY, visibleText: BODY };
  ids = await seedMail(api, [
    { subject: 'Figures of the greenhouse', view },
    { subject: 'Figures of the greenhouse, week 2', view },
    { subject: 'Unread', read: false },
  ]);
  ({ accountId } = await api.stores.messageList.get(ids[0] ?? ''));
});
afterAll(() => Promise.all([api.close(), trainer.close()]));

const put = (id: string | undefined, what: 'category' | 'priority', value: string) =>
  api.app.inject({ method: 'PUT', url: `/api/messages/${id}/${what}`, payload: { [what]: value } });
/** As a worker that has just started sees it. */
const recall = () => createLearnedSource({ learning: api.stores.learning }, api.sealer)(accountId);

describe('what a person corrects', () => {
  test('is kept, and decides the next mail of that kind', async () => {
    expect(await recall()).toBeUndefined();
    expect((await put(ids[0], 'category', 'order')).statusCode).toBe(202);
    expect((await put(ids[0], 'priority', 'URGENT')).statusCode).toBe(202);
    expect(await api.stores.messageList.get(ids[0] ?? '')).toMatchObject({
      category: 'order',
      priority: 'URGENT',
    });
    const next = await api.stores.messages.getView(ids[1] ?? '');
    const learned = await recall();
    const decided = engine.classify(next, learned);
    expect(decided).toMatchObject({ category: 'order' });
    expect(engine.prioritize(next, decided, learned).priority).toBe('URGENT');
    expect(engine.prioritize(next, decided).priority).not.toBe('URGENT');
  });

  test('outlives a later engine, and a newer word replaces an older one', async () => {
    const view = await api.stores.messages.getView(ids[0] ?? '');
    const classification = engine.classify(view);
    const reading = {
      classification,
      priority: engine.prioritize(view, classification),
      summary: engine.summarize(view),
      findings: engine.assess(view, classification),
    };
    await api.stores.messages.saveDecided(
      ids[0] ?? '',
      { ...reading, provenance: engine.provenance },
      'summarize',
    );
    expect(await api.stores.messageList.get(ids[0] ?? '')).toMatchObject({ category: 'order' });
    const before = (await recall())?.version;
    await put(ids[0], 'priority', 'LOW');
    const rows = await api.stores.learning.listExamples(accountId, 'priority', 10);
    expect(rows.map(({ label }) => label)).toEqual(['LOW']);
    expect((await recall())?.version).not.toBe(before);
  });

  test('is refused when there is no such category, and teaches nothing of an unread message', async () => {
    expect((await put(ids[0], 'category', 'nonsense')).statusCode).toBe(400);
    expect((await put('absent', 'category', 'order')).statusCode).toBe(404);
    expect((await put(ids[2], 'category', 'order')).statusCode).toBe(202);
    expect(await api.stores.learning.listExamples(accountId, 'category', 10)).toHaveLength(1);
  });
});

describe('teaching an account', () => {
  test('trains on what it was given; sealed rows and models open in their place only', async () => {
    const classroom = { stores: api.stores, sealer: api.sealer, trainer };
    const few = await teachAccount(classroom, accountId, 'category');
    expect(few.skipped).toContain('30 rows');
    const rows = readFileSync(FIXTURE, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const examples = rows.map(({ subject, body, category: label }) =>
      toExample(
        { accountId, field: 'category', messageId: null, origin: 'file', label, text: { subject, body } },
        api.sealer,
      ),
    );
    await api.stores.learning.saveExamples(examples);
    const taught = await teachAccount(classroom, accountId, 'category');
    expect(taught.rows).toBe(rows.length + 1);
    expect(taught.figures?.accuracy).toBeGreaterThan(0.8);
    const learned = await recall();
    const decision = learned?.fields.category?.learner?.decide({
      subject: 'Broken shelves',
      body: 'damaged',
    });
    expect(decision?.label).toBe('complaint');
    expect(Buffer.from(examples[0]?.grams ?? []).includes('chairs')).toBe(false);
  });
});

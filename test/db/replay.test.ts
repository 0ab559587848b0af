import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLocalEngine } from '../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { type ReplayParts, replayAccount } from '../../src/replay-account.ts';
import { reading } from '../activities/support/readings.ts';
import { parkOne } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const localEngine = createLocalEngine(loadTaxonomy());
const mail = view({
  subject: 'Refund',
  text: 'Please refund order 48213.',
  visibleText: 'Please refund order 48213.',
});
const scope = { accountId: ACCOUNT.id, since: undefined, limit: 10 };

let stores: TestStores;
let same: string;
let other: string;
beforeAll(async () => {
  stores = await openStores();
  const read = await localEngine.analyse(mail, new AbortController().signal);
  const findings = localEngine.assess(mail, read.classification);
  const store = async (key: string, category: string) => {
    const id = await parkOne(stores, key);
    await stores.messages.saveView(ACCOUNT.id, id, mail);
    const classification = { ...read.classification, category };
    await stores.messages.saveDecided(
      id,
      { ...read, classification, findings, provenance: localEngine.provenance },
      'summarize',
    );
    return id;
  };
  same = await store('same', read.classification.category);
  other = await store('other', 'spam');
  await parkOne(stores, 'undecided');
});
afterAll(() => stores.close());

const parts = (changes: Partial<ReplayParts> = {}): ReplayParts => ({
  stores,
  localEngine,
  recallLearned: async () => undefined,
  model: undefined,
  findSecondRead: () => ({ isUndecided: true, because: 'it is undecided' }),
  taxonomy: loadTaxonomy(),
  veil: undefined,
  signal: new AbortController().signal,
  ...changes,
});
const dump = async () =>
  JSON.stringify([
    await stores.sql`select * from analysis order by 1`,
    await stores.sql`select * from message order by 1`,
  ]);

it('tells what would be decided otherwise, and writes nothing', async () => {
  const before = await dump();
  const replay = await replayAccount(parts(), scope);
  expect(replay).toMatchObject({ replayed: 2, undecided: 1, categoryChanged: 1, unanswered: 0 });
  expect(replay.changes.map(({ id }) => id)).toEqual([other]);
  expect(replay.changes[0]?.before.category).toBe('spam');
  expect(await dump()).toBe(before);
});

it('asks a model as a run would, and counts what it did not answer', async () => {
  const answering = {
    engines: ['anthropic'],
    analyse: async () => ({ reading: reading('invoice', 'model'), provenance: localEngine.provenance }),
  };
  const replay = await replayAccount(parts({ model: answering }), scope);
  expect(replay.changes.find(({ id }) => id === same)?.after.category).toBe('invoice');

  const out = { engines: ['x'], analyse: () => Promise.reject(new ServiceError('Unavailable', 'out')) };
  expect(await replayAccount(parts({ model: out }), scope)).toMatchObject({
    unanswered: 2,
    categoryChanged: 1,
  });
});

it('goes back no further than it is told to', async () => {
  expect(await replayAccount(parts(), { ...scope, limit: 1 })).toMatchObject({ replayed: 0, undecided: 1 });
  const later = new Date(Date.now() + 3_600_000);
  expect(await replayAccount(parts(), { ...scope, since: later })).toMatchObject({
    replayed: 0,
    undecided: 0,
  });
});

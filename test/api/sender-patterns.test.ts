import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { createAccountTaxonomies } from '../../src/create-account-taxonomies.ts';
import { createBreakers } from '../../src/create-breakers.ts';
import { createDeciderSource } from '../../src/create-deciders.ts';
import { createLearnedSource } from '../../src/create-learned-source.ts';
import { toThreat } from '../../src/domain/threat.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

const PROVEN = toThreat([{ name: 'DMARC_PASS', score: -1, reason: 'DMARC passed' }]);
const FORGED = toThreat([{ name: 'DMARC_FAIL', score: 4, reason: 'DMARC failed' }]);
const WORDS = ['tulips and soil', 'a ladder of nine rungs', 'the harbour at dusk', 'seven grey umbrellas'];

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

async function seed(address: string, threat = PROVEN): Promise<string[]> {
  const from = { name: '', address };
  return seedMail(
    api,
    WORDS.map((text) => ({ subject: `${address} ${text}`, view: { from, text, visibleText: text, threat } })),
  );
}
const choose = (id: string, category: string) =>
  api.app.inject({ method: 'PUT', url: `/api/messages/${id}/category`, payload: { category } });
/** As a worker that has just started decides it. */
async function decide(id: string) {
  const { stores, sealer } = api;
  const taxonomies = createAccountTaxonomies(stores.taxonomyTexts, loadTaxonomy);
  const breakers = createBreakers({ failures: 1, withinMs: 1, resetMs: 1 });
  const getDeciders = createDeciderSource(taxonomies, {
    engines: [],
    breakers,
    rules: { version: 'r', rules: [] },
  });
  const learned = await createLearnedSource(stores, sealer)('sales');
  const { localEngine } = await getDeciders('sales');
  const decided = localEngine.classify(await stores.messages.getView(id), learned);
  return { ...decided, provenance: localEngine.provenanceWith(learned) };
}
const senders = async () => (await api.stores.senderDecisions.list('sales', 100)).map(({ sender }) => sender);

describe('three decisions of people about one sender', () => {
  test('decide the fourth mail, whatever it is about', async () => {
    const [one = '', two = '', three = '', four = ''] = await seed('ada@example.com');
    for (const id of [one, two]) expect((await choose(id, 'meeting')).statusCode).toBe(202);
    expect((await decide(four)).reasons[0]?.text).not.toContain('of this sender');
    await choose(three, 'order');
    expect((await decide(four)).category).not.toBe('meeting');
    await choose(three, 'meeting');
    const decided = await decide(four);
    expect(decided).toMatchObject({ category: 'meeting', confidence: 0.8 });
    expect(decided.reasons[0]?.text).toBe('people put the last 3 mails of this sender into meeting');
    expect(decided.provenance.ruleVersion).toMatch(/^2\.r\+senders\.[0-9a-f]{8}$/);
    expect(await senders()).toEqual(Array(3).fill('from:ada@example.com'));
  });

  test.each([
    ['may be forged', FORGED],
    ['nothing proves', toThreat([])],
  ])('are not learned from mail whose sender %s', async (_what, threat) => {
    const [one = '', two = '', three = ''] = await seed('mallory@example.com', threat);
    for (const id of [one, two, three]) await choose(id, 'meeting');
    expect((await senders()).filter((sender) => sender.includes('mallory'))).toEqual([]);
  });

  test('are forgotten with the messages', async () => {
    await api.sql`delete from message where from_address = 'ada@example.com'`;
    expect(await senders()).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { createAccountTaxonomies } from '../../src/create-account-taxonomies.ts';
import { createBreakers } from '../../src/create-breakers.ts';
import { createDeciderSource } from '../../src/create-deciders.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

const OWN = `
categories:
  - { id: booking, name: Table booking, description: Wants a table., priority: HIGH, odoo: note, reply: draft,
      examples: [Could we reserve a table for two tonight?] }
  - { id: other, name: Other, description: The rest., priority: NORMAL, odoo: none, reply: off }
replies: { en: 'See you soon, {name}.' }
`;

let api: TestApi;
let id: string;
const url = '/api/accounts/sales/taxonomy';
const put = (yaml: unknown) => api.app.inject({ method: 'PUT', url, payload: { yaml } });
/** As a worker that has just started sees it. */
const decide = (accountId: string) =>
  createDeciderSource(createAccountTaxonomies(api.stores.taxonomyTexts, loadTaxonomy), {
    rules: { version: 'r', rules: [] },
    engines: [],
    breakers: createBreakers({ failures: 1, withinMs: 1, resetMs: 1 }),
  })(accountId);

beforeAll(async () => {
  api = await openTestApi();
  const text = 'Could we reserve a table on Friday?';
  const [first] = await seedMail(api, [{ subject: 'Friday', view: { text, visibleText: text } }]);
  id = first ?? '';
  await seedMail(api, [{ subject: 'Elsewhere' }], 'support');
});
afterAll(() => api.close());

describe('the categories of an account', () => {
  test('are those of the house at first', async () => {
    const answer = (await api.app.inject({ url })).json();
    expect(answer).toMatchObject({ own: false, yaml: null, version: loadTaxonomy().version });
    expect(answer.categories).toHaveLength(loadTaxonomy().categories.length);
    expect((await api.app.inject({ url: '/api/accounts/none/taxonomy' })).statusCode).toBe(404);
  });

  test('are refused with every fault and its line, and nothing is stored', async () => {
    const refused = await put(
      OWN.replace('priority: HIGH', 'priority: SOON').replace('reply: off', 'reply: no'),
    );
    expect(refused.statusCode).toBe(400);
    expect(refused.json().detail).toMatch(/line 3: categories\.0\.priority/);
    expect(refused.json().detail).toMatch(/line 5: categories\.1\.reply/);
    expect((await put(['categories'])).statusCode).toBe(400);
    expect((await api.app.inject({ url })).json().own).toBe(false);
  });

  test('decide its mail, its replies and what a person may choose; no other account sees them', async () => {
    const answer = (await put(OWN)).json();
    expect(answer).toMatchObject({ own: true, yaml: OWN, replyLanguages: ['en'] });
    expect(answer.categories.map((one: { id: string }) => one.id)).toEqual(['booking', 'other']);

    const { localEngine, taxonomy, writeReply } = await decide('sales');
    const view = await api.stores.messages.getView(id);
    const classification = localEngine.classify(view);
    expect(classification.category).toBe('booking');
    expect(localEngine.prioritize(view, classification).priority).toBe('HIGH');
    expect(localEngine.provenance.taxonomyVersion).toBe(answer.version);
    const account = await api.stores.accounts.get('sales');
    const [category] = taxonomy.categories;
    if (category === undefined) throw new Error('no category');
    const reply = writeReply({ view, account, category, summary: undefined });
    expect(reply).toMatchObject({ text: expect.stringContaining('See you soon, Ada.') });

    const choose = (name: string) =>
      api.app.inject({ method: 'PUT', url: `/api/messages/${id}/category`, payload: { category: name } });
    expect((await choose('order')).json()).toMatchObject({ fix: 'Choose from booking, other.' });
    expect((await choose('booking')).statusCode).toBe(202);
    expect((await decide('support')).taxonomy.version).toBe(loadTaxonomy().version);
  });

  test('go back to those of the house', async () => {
    const answer = await api.app.inject({ method: 'DELETE', url });
    expect(answer.json()).toMatchObject({ own: false, version: loadTaxonomy().version });
    expect((await decide('sales')).taxonomy.version).toBe(loadTaxonomy().version);
  });
});

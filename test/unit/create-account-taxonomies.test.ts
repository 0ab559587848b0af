import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { parseTaxonomy } from '../../src/analysis/taxonomy/parse-taxonomy.ts';
import { createAccountTaxonomies } from '../../src/create-account-taxonomies.ts';

const own = (name: string) => `
categories:
  - { id: other, name: ${name}, description: The rest., priority: NORMAL, odoo: none, reply: off }
`;

it('reads the text of an account once, whatever the house says since, and again when it changes', async () => {
  const house = loadTaxonomy();
  const write = (name: string, replies: Record<string, string>) => ({
    yaml: own(name),
    version: parseTaxonomy(own(name), 'own', { replies }).version,
  });
  let row = write('Other', { en: 'As it was, {name}' });
  const find = vi.fn(async () => row);
  const store = { find, findVersion: async () => row.version, save: vi.fn(), remove: vi.fn() };
  const taxonomies = createAccountTaxonomies(store, () => house);
  for (let second = 0; second < 2; second += 1) {
    expect((await taxonomies.get('sales')).replies).toEqual(house.replies);
    await wait(1100);
  }
  expect(find).toHaveBeenCalledTimes(1);
  row = write('Rest', { en: 'As it was, {name}' });
  expect((await taxonomies.get('sales')).categories[0]?.name).toBe('Rest');
  expect(find).toHaveBeenCalledTimes(2);
});

import { LRUCache } from 'lru-cache';
import type { TaxonomyStore } from '../db/taxonomy-store.ts';
import { parseTaxonomy } from './analysis/taxonomy/parse-taxonomy.ts';
import { createFreshReader } from './create-fresh-reader.ts';
import type { Taxonomy } from './domain/taxonomy.ts';

const MOST_ACCOUNTS = 200;

/** The categories in force for each account: its own, or those of the house. */
export interface AccountTaxonomies {
  /** Those of the house. Throws `InvalidInput` when their file is missing or wrong. */
  house(): Taxonomy;
  /** At most a second old. */
  get(accountId: string): Promise<Taxonomy>;
  /** As it was written; undefined: the account has none of its own. */
  findText(accountId: string): Promise<string | undefined>;
  /** Throws `InvalidInput` with every fault and its line, before anything is stored. */
  set(accountId: string, yaml: string): Promise<Taxonomy>;
  /** Back to those of the house. */
  reset(accountId: string): Promise<void>;
}

/** `readHouse` is called once, when first needed: reading takes a while. */
export function createAccountTaxonomies(store: TaxonomyStore, readHouse: () => Taxonomy): AccountTaxonomies {
  let read: Taxonomy | undefined;
  const house = () => (read ??= readHouse());
  // Under the version of its row: replies that it borrows from the house are part of the one it has here.
  const parsed = new LRUCache<string, { readonly stored: string; readonly taxonomy: Taxonomy }>({
    max: MOST_ACCOUNTS,
  });

  async function load(accountId: string): Promise<Taxonomy> {
    const version = await store.findVersion(accountId);
    if (version === undefined) return house();
    const known = parsed.get(accountId);
    if (known?.stored === version) return known.taxonomy;
    const row = await store.find(accountId);
    if (row === undefined) return house();
    const taxonomy = parseTaxonomy(row.yaml, `of account ${accountId}`, house());
    parsed.set(accountId, { stored: row.version, taxonomy });
    return taxonomy;
  }

  const fresh = createFreshReader(load);
  return {
    house,
    get: fresh.get,
    findText: async (accountId) => (await store.find(accountId))?.yaml,
    async set(accountId, yaml) {
      const taxonomy = parseTaxonomy(yaml, `of account ${accountId}`, house());
      await store.save(accountId, { yaml, version: taxonomy.version });
      fresh.forget(accountId);
      return taxonomy;
    },
    async reset(accountId) {
      await store.remove(accountId);
      fresh.forget(accountId);
    },
  };
}

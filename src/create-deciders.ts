import { LRUCache } from 'lru-cache';
import type { Deciders } from '../activities/dependencies.ts';
import type { AnswerCache } from './analysis/cache/answer-cache.ts';
import { createLocalEngine } from './analysis/local/create-local-engine.ts';
import { createModelPanel } from './analysis/routing/create-model-panel.ts';
import type { AccountTaxonomies } from './create-account-taxonomies.ts';
import type { Breakers } from './create-breakers.ts';
import { createModelEngines } from './create-model-engines.ts';
import { createReplyWriter } from './create-reply-writer.ts';
import type { Taxonomy } from './domain/taxonomy.ts';
import type { EngineSettings } from './read-model-settings.ts';

/** Each holds a compiled lexicon, some megabytes. */
const MOST_TAXONOMIES = 30;

export interface DeciderParts {
  readonly engines: readonly EngineSettings[];
  readonly breakers: Breakers;
  readonly cache?: AnswerCache;
}

/** Binds engines and texts to one set of categories. */
export function createDeciders(taxonomy: Taxonomy, { engines, ...parts }: DeciderParts): Deciders {
  return {
    taxonomy,
    localEngine: createLocalEngine(taxonomy),
    model: createModelPanel(createModelEngines(engines, { taxonomy, ...parts })),
    writeReply: createReplyWriter(taxonomy),
  };
}

/** What decides about the mail of each account; accounts with the same categories share it. */
export function createDeciderSource(
  taxonomies: Pick<AccountTaxonomies, 'get'>,
  parts: DeciderParts,
): (accountId: string) => Promise<Deciders> {
  const bound = new LRUCache<string, Deciders>({ max: MOST_TAXONOMIES });
  return async (accountId) => {
    const taxonomy = await taxonomies.get(accountId);
    const known = bound.get(taxonomy.version);
    if (known !== undefined) return known;
    const deciders = createDeciders(taxonomy, parts);
    bound.set(taxonomy.version, deciders);
    return deciders;
  };
}

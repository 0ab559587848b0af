import { LRUCache } from 'lru-cache';
import type { Deciders } from '../activities/dependencies.ts';
import type { AnswerCache } from './analysis/cache/answer-cache.ts';
import type { PromptText } from './analysis/llm/parse-prompt.ts';
import { createLocalEngine } from './analysis/local/create-local-engine.ts';
import { createModelPanel } from './analysis/routing/create-model-panel.ts';
import { createRuleFinder } from './analysis/rules/create-rule-finder.ts';
import { createRuledEngine } from './analysis/rules/create-ruled-engine.ts';
import type { AccountTaxonomies } from './create-account-taxonomies.ts';
import type { Breakers } from './create-breakers.ts';
import { createModelEngines } from './create-model-engines.ts';
import { createReplyWriter } from './create-reply-writer.ts';
import type { RuleBook } from './domain/routing-rule.ts';
import type { Taxonomy } from './domain/taxonomy.ts';
import type { EngineSettings } from './read-model-settings.ts';

/** Each holds a compiled lexicon, some megabytes. */
const MOST_TAXONOMIES = 30;
const MOST_ACCOUNTS = 1000;

export interface DeciderParts {
  readonly engines: readonly EngineSettings[];
  readonly breakers: Breakers;
  readonly cache?: AnswerCache;
  /** What models are told to do; absent: in our words. */
  readonly prompt?: PromptText | undefined;
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

/** The same deciders, after the rules that hold for the account: those of the house, then those of its own categories. */
export function withRules(deciders: Deciders, book: RuleBook, accountId: string): Deciders {
  const { taxonomy, localEngine } = deciders;
  const own = taxonomy.categories.flatMap(({ id, rules = [] }) =>
    rules.map(({ from, subject }, index) => ({
      id: `${id}-${index + 1}`,
      when: {
        ...(from !== undefined && { from: [from] }),
        ...(subject !== undefined && { subject: [subject] }),
      },
      // biome-ignore lint/suspicious/noThenProperty: it is never awaited, and reads best in a rule
      then: { category: id },
    })),
  );
  const house = book.rules.filter(({ when }) => when.account?.includes(accountId) ?? true);
  const find = createRuleFinder([...house, ...own]);
  return {
    ...deciders,
    localEngine: createRuledEngine(localEngine, { version: book.version, find }, taxonomy),
  };
}

/** What decides about the mail of each account; accounts with the same categories share it. */
export function createDeciderSource(
  taxonomies: Pick<AccountTaxonomies, 'get'>,
  parts: DeciderParts & { readonly rules: RuleBook },
): (accountId: string) => Promise<Deciders> {
  const bound = new LRUCache<string, Deciders>({ max: MOST_TAXONOMIES });
  const ruled = new LRUCache<string, Deciders>({ max: MOST_ACCOUNTS });
  return async (accountId) => {
    const taxonomy = await taxonomies.get(accountId);
    const key = `${taxonomy.version} ${accountId}`;
    const known = ruled.get(key);
    if (known !== undefined) return known;
    const shared = bound.get(taxonomy.version) ?? createDeciders(taxonomy, parts);
    bound.set(taxonomy.version, shared);
    const own = withRules(shared, parts.rules, accountId);
    ruled.set(key, own);
    return own;
  };
}

import type { MessageView } from '../../domain/message.ts';
import { PIPELINE_VERSION } from '../../domain/pipeline-version.ts';
import { RULE_VERSION } from '../../domain/rule-version.ts';
import { findCategory, type Taxonomy } from '../../domain/taxonomy.ts';
import type { LocalEngine } from '../engine.ts';
import { applyLearnedCategory } from '../learned/apply-learned-category.ts';
import { applyLearnedPriority } from '../learned/apply-learned-priority.ts';
import { classifyFacts } from './classify/classify-facts.ts';
import { findLabels } from './classify/find-labels.ts';
import { judgeAction } from './classify/judge-action.ts';
import { allCues } from './cues/all-cues.ts';
import { findEntities } from './entities/find-entities.ts';
import type { Facts } from './facts/facts.ts';
import { readFacts } from './facts/read-facts.ts';
import { compileLexicon, type LexiconEntry } from './lexicon/compile-lexicon.ts';
import { listSignals } from './lexicon/list-signals.ts';
import { suggestNextAction } from './next-action/suggest-next-action.ts';
import { hurry } from './prioritize/hurry.ts';
import { mayHurry } from './prioritize/may-hurry.ts';
import { prioritizeFacts } from './prioritize/prioritize-facts.ts';
import { readSentiment } from './sentiment/read-sentiment.ts';
import { summarizeFacts } from './summarize/summarize-facts.ts';

/** Raise it when the same message may come out differently. */
const ENGINE_VERSION = '3';

/**
 * The engine that needs no key and no network: it weighs the taxonomy's signals and the structure of a message.
 * Same message, same answer; time is linear in the first 20 KB of the text. Never throws on any message.
 */
export function createLocalEngine(taxonomy: Taxonomy): LocalEngine {
  const lexicon = compileLexicon([
    ...[...listSignals(taxonomy.categories)].map(
      ([id, signals]): LexiconEntry => ({ target: { kind: 'category', id }, signals }),
    ),
    ...allCues.map(({ id, signals }): LexiconEntry => ({ target: { kind: 'cue', id }, signals })),
  ]);
  const known = new Set(taxonomy.categories.map(({ id }) => id));
  // The three steps are called one after another on the same view; its text is scanned once.
  const memory = new WeakMap<MessageView, Facts>();
  const factsOf = (view: MessageView): Facts => {
    const remembered = memory.get(view);
    if (remembered !== undefined) return remembered;
    const facts = readFacts(view, lexicon);
    memory.set(view, facts);
    return facts;
  };
  const engine: LocalEngine = {
    provenance: {
      engine: 'local',
      engineVersion: ENGINE_VERSION,
      model: undefined,
      promptVersion: undefined,
      taxonomyVersion: taxonomy.version,
      ruleVersion: RULE_VERSION,
      pipelineVersion: PIPELINE_VERSION,
    },
    classify(view, learned) {
      const decided = applyLearnedCategory(view, classifyFacts(factsOf(view), known), learned, known);
      return { ...decided, ...engine.judgeFurther(view, decided.category) };
    },
    judgeFurther(view, category) {
      const facts = factsOf(view);
      const labels = findLabels(facts, category, known);
      return {
        ...(labels.length > 0 && { labels }),
        ...judgeAction(facts, findCategory(taxonomy, category)),
      };
    },
    prioritize: (view, classification, learned) => {
      const category = findCategory(taxonomy, classification.category);
      const rules = prioritizeFacts(factsOf(view), classification, category);
      return applyLearnedPriority(view, classification, rules, learned);
    },
    hurry(view, { classification, priority }, arrival) {
      const category = findCategory(taxonomy, classification.category);
      if (category?.answerWithin === undefined || !mayHurry(view, classification)) return priority;
      return hurry(priority, { minutes: category.answerWithin, of: category.name, by: 'category' }, arrival);
    },
    provenanceWith: (learned) =>
      learned === undefined
        ? engine.provenance
        : { ...engine.provenance, engineVersion: `${ENGINE_VERSION}+${learned.version}` },
    summarize: (view) => summarizeFacts(factsOf(view)),
    assess(view, classification) {
      const facts = factsOf(view);
      const entities = findEntities(facts);
      const sentiment = readSentiment(facts);
      const category = findCategory(taxonomy, classification.category);
      const { automatic } = facts;
      const nextAction = suggestNextAction({ classification, category, automatic, entities, sentiment });
      return { entities, sentiment, nextAction };
    },
    async analyse(view, signal) {
      signal.throwIfAborted();
      const classification = engine.classify(view);
      const priority = engine.prioritize(view, classification);
      return { classification, priority, summary: engine.summarize(view) };
    },
  };
  return engine;
}

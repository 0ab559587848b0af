import type { MessageView } from '../../domain/message.ts';
import { findCategory, type Taxonomy } from '../../domain/taxonomy.ts';
import type { LocalEngine } from '../engine.ts';
import { classifyFacts } from './classify/classify-facts.ts';
import { allCues } from './cues/all-cues.ts';
import type { Facts } from './facts/facts.ts';
import { readFacts } from './facts/read-facts.ts';
import { compileLexicon, type LexiconEntry } from './lexicon/compile-lexicon.ts';
import { prioritizeFacts } from './prioritize/prioritize-facts.ts';
import { summarizeFacts } from './summarize/summarize-facts.ts';

/** Raise it when the same message may come out differently. */
const ENGINE_VERSION = '1';

/**
 * The engine that needs no key and no network: it weighs the taxonomy's signals and the structure of a message.
 * Same message, same answer; time is linear in the first 20 KB of the text. Never throws on any message.
 */
export function createLocalEngine(taxonomy: Taxonomy): LocalEngine {
  const lexicon = compileLexicon([
    ...taxonomy.categories.map(
      ({ id, signals }): LexiconEntry => ({ target: { kind: 'category', id }, signals }),
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
    },
    classify: (view) => classifyFacts(factsOf(view), known),
    prioritize: (view, classification) =>
      prioritizeFacts(factsOf(view), classification, findCategory(taxonomy, classification.category)),
    summarize: (view) => summarizeFacts(factsOf(view)),
    async analyse(view, signal) {
      signal.throwIfAborted();
      const classification = engine.classify(view);
      const priority = engine.prioritize(view, classification);
      return { classification, priority, summary: engine.summarize(view) };
    },
  };
  return engine;
}

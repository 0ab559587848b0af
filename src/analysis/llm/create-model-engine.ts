import { PIPELINE_VERSION } from '../../domain/pipeline-version.ts';
import { RULE_VERSION } from '../../domain/rule-version.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { type AnswerCache, NO_CACHE } from '../cache/answer-cache.ts';
import { toAnswerKey } from '../cache/to-answer-key.ts';
import type { Engine } from '../engine.ts';
import { createAnswerJsonSchema } from './answer-json-schema.ts';
import { askPaid } from './ask-paid.ts';
import type { ChatModel } from './chat-model.ts';
import { loadPrompt } from './load-prompt.ts';
import { parseModelAnswer } from './parse-model-answer.ts';
import type { PromptText } from './parse-prompt.ts';
import { createPrompt } from './prompt.ts';
import { toReading } from './to-reading.ts';

export interface ModelEngineOptions {
  readonly taxonomy: Taxonomy;
  readonly cache?: AnswerCache;
  /** What the model is told to do; absent: in our words. */
  readonly prompt?: PromptText | undefined;
  /** Stands between the engine and its vendor: a breaker. */
  readonly guard?: <T>(call: () => Promise<T>) => Promise<T>;
}

/**
 * Reads a message with one call to a model, held to a JSON schema. Only an answer that fits is believed and kept.
 * It never retries: the caller's policy does. Throws `ServiceError`; when `signal` aborts, throws its reason.
 */
export function createModelEngine(chat: ChatModel, options: ModelEngineOptions): Engine {
  const { taxonomy, cache = NO_CACHE, guard = (call) => call(), prompt: words = loadPrompt() } = options;
  const schema = createAnswerJsonSchema(taxonomy);
  const provenance = {
    engine: chat.engine,
    engineVersion: chat.engineVersion,
    model: chat.model,
    promptVersion: words.version,
    taxonomyVersion: taxonomy.version,
    ruleVersion: RULE_VERSION,
    pipelineVersion: PIPELINE_VERSION,
  };
  return {
    provenance,
    async analyse(view, signal, spend) {
      signal.throwIfAborted();
      const prompt = createPrompt(view, taxonomy, words);
      const text = await cache.fetch(toAnswerKey(prompt, provenance), signal, async () => {
        const reply = await askPaid(prompt, spend, () => guard(() => chat.ask(prompt, schema, signal)));
        parseModelAnswer(reply.text, taxonomy);
        return reply.text;
      });
      return toReading(parseModelAnswer(text, taxonomy), view);
    },
  };
}

import type { AnswerCache } from './analysis/cache/answer-cache.ts';
import type { Engine } from './analysis/engine.ts';
import { createAnthropicEngine } from './analysis/llm/create-anthropic-engine.ts';
import { createMistralEngine } from './analysis/llm/create-mistral-engine.ts';
import type { ModelEngineOptions } from './analysis/llm/create-model-engine.ts';
import { createOllamaEngine } from './analysis/llm/create-ollama-engine.ts';
import type { PromptText } from './analysis/llm/parse-prompt.ts';
import type { Breakers } from './create-breakers.ts';
import type { Taxonomy } from './domain/taxonomy.ts';
import type { EngineSettings } from './read-model-settings.ts';

const TIMEOUT_MS = 60_000;
/** A machine of one's own may have to load the model first. */
const OWN_TIMEOUT_MS = 180_000;

export interface ModelEngineParts {
  readonly taxonomy: Taxonomy;
  readonly breakers: Breakers;
  readonly cache?: AnswerCache;
  readonly prompt?: PromptText | undefined;
}

/** The engines that are configured, in their order, each behind a breaker of its own. */
export function createModelEngines(
  settings: readonly EngineSettings[],
  { taxonomy, breakers, cache, prompt }: ModelEngineParts,
): Engine[] {
  return settings.map((one) => {
    const shared: ModelEngineOptions = {
      taxonomy,
      prompt,
      ...(cache === undefined ? {} : { cache }),
      guard: (call) => breakers.guard(`model ${one.engine}`, call),
    };
    const { model } = one;
    if (one.engine === 'ollama') {
      return createOllamaEngine({ ...shared, host: one.host, model, timeoutMs: OWN_TIMEOUT_MS });
    }
    const { apiKey, baseUrl } = one;
    const vendor = { ...shared, apiKey, model, timeoutMs: TIMEOUT_MS };
    return one.engine === 'anthropic'
      ? createAnthropicEngine({ ...vendor, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })
      : createMistralEngine({ ...vendor, ...(baseUrl === undefined ? {} : { serverURL: baseUrl }) });
  });
}

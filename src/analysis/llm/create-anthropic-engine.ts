import Anthropic, { type APIPromise } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { ServiceError } from '../../domain/service-error.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import type { Engine } from '../engine.ts';
import { createAnswerJsonSchema } from './answer-json-schema.ts';
import { parseModelAnswer } from './parse-model-answer.ts';
import { createPrompt, PROMPT_VERSION } from './prompt.ts';
import { toReading } from './to-reading.ts';
import { toServiceError } from './to-service-error.ts';

const ENGINE_VERSION = '1';
/** Room for the answer and for models that think before it. */
const MAX_TOKENS = 4096;

export interface AnthropicEngineOptions {
  readonly apiKey: string;
  /** Another host with the same API; without it, Anthropic's own. */
  readonly baseURL?: string;
  readonly model: string;
  readonly taxonomy: Taxonomy;
  /** For the whole call, in ms. */
  readonly timeoutMs: number;
}

/** A gateway may answer 200 with anything: only what is read here is believed. */
const responseSchema = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});

/**
 * Reads a message with one call to the Messages API, held to a JSON schema; the model gets no tools. It never retries:
 * the caller's policy does. Throws `ServiceError`; when `signal` aborts, throws its reason.
 */
export function createAnthropicEngine(options: AnthropicEngineOptions): Engine {
  const { apiKey, baseURL, model, taxonomy, timeoutMs } = options;
  const client = new Anthropic({
    apiKey,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
  });
  const schema = createAnswerJsonSchema(taxonomy);
  return {
    provenance: {
      engine: 'anthropic',
      engineVersion: ENGINE_VERSION,
      model,
      promptVersion: PROMPT_VERSION,
      taxonomyVersion: taxonomy.version,
    },
    async analyse(view, signal) {
      signal.throwIfAborted();
      const { system, user } = createPrompt(view, taxonomy);
      const call: APIPromise<unknown> = client.messages.create(
        {
          model,
          max_tokens: MAX_TOKENS,
          system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
          messages: [{ role: 'user', content: user }],
          output_config: { format: { type: 'json_schema', schema } },
        },
        { signal },
      );
      const response = await settle(call, signal);
      return toReading(parseModelAnswer(answerText(response), taxonomy), view);
    },
  };
}

async function settle(call: APIPromise<unknown>, signal: AbortSignal): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    signal.throwIfAborted();
    throw toServiceError(error);
  }
}

function answerText(response: unknown): string {
  const checked = responseSchema.safeParse(response);
  if (!checked.success)
    throw new ServiceError('OutputInvalid', 'The answer is no message of the Messages API');
  const { stop_reason: stop, content } = checked.data;
  if (stop !== 'end_turn') {
    const says =
      stop === 'refusal' ? 'The model declined to read the message' : 'The model broke off its answer';
    throw new ServiceError('OutputInvalid', says, { details: { stopReason: stop ?? 'none' } });
  }
  return content.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join('');
}

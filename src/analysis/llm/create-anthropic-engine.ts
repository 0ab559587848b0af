import type { Anthropic, APIPromise } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { ServiceError } from '../../domain/service-error.ts';
import type { Engine } from '../engine.ts';
import type { ChatReply } from './chat-model.ts';
import { createModelEngine, type ModelEngineOptions } from './create-model-engine.ts';

const ENGINE_VERSION = '1';
/** Room for the answer and for models that think before it. */
const MAX_TOKENS = 4096;

export interface AnthropicEngineOptions extends ModelEngineOptions {
  readonly apiKey: string;
  /** Another host with the same API; without it, Anthropic's own. */
  readonly baseURL?: string;
  readonly model: string;
  /** For the whole call, in ms. */
  readonly timeoutMs: number;
}

const tokenCount = z.number().int().min(0).nullish();
/** A gateway may answer 200 with anything: only what is read here is believed. */
const responseSchema = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  usage: z
    .object({
      input_tokens: tokenCount,
      output_tokens: tokenCount,
      cache_creation_input_tokens: tokenCount,
      cache_read_input_tokens: tokenCount,
    })
    .optional(),
});

/** With the first question, not before: most mail rooms ask no model, and it is a tenth of what a worker loads. */
const loadSdk = () => Promise.all([import('@anthropic-ai/sdk'), import('./to-service-error.ts')]);

/** Asks Claude through the Messages API (platform.claude.com/docs/en/api/messages). */
export function createAnthropicEngine(options: AnthropicEngineOptions): Engine {
  const { apiKey, baseURL, model, timeoutMs } = options;
  let client: Anthropic | undefined;
  return createModelEngine(
    {
      engine: 'anthropic',
      engineVersion: ENGINE_VERSION,
      model,
      async ask({ system, user }, schema, signal) {
        const [sdk, { toServiceError }] = await loadSdk();
        client ??= new sdk.Anthropic({
          apiKey,
          baseURL: baseURL ?? 'https://api.anthropic.com',
          timeout: timeoutMs,
          maxRetries: 0,
          logLevel: 'off',
        });
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
        const response = await call.catch((error: unknown) => {
          signal.throwIfAborted();
          throw toServiceError(error);
        });
        return toReply(response);
      },
    },
    options,
  );
}

function toReply(response: unknown): ChatReply {
  const checked = responseSchema.safeParse(response);
  if (!checked.success)
    throw new ServiceError('OutputInvalid', 'The answer is no message of the Messages API');
  const { stop_reason: stop, content, usage } = checked.data;
  if (stop !== 'end_turn') {
    const says =
      stop === 'refusal' ? 'The model declined to read the message' : 'The model broke off its answer';
    throw new ServiceError('OutputInvalid', says, { details: { stopReason: stop ?? 'none' } });
  }
  const counts = Object.values(usage ?? {});
  return {
    text: content.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join(''),
    tokens: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
  };
}

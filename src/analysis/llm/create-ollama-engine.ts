import { Ollama } from 'ollama';
import { z } from 'zod';
import { ServiceError } from '../../domain/service-error.ts';
import type { Engine } from '../engine.ts';
import type { ChatReply } from './chat-model.ts';
import { createModelEngine, type ModelEngineOptions } from './create-model-engine.ts';
import { settleCall } from './settle-call.ts';
import { toStatusError } from './to-status-error.ts';
import { toTransportError } from './to-transport-error.ts';

const ENGINE_VERSION = '1';
const VENDOR = 'Ollama';
const MAX_TOKENS = 2048;
/** Ollama cuts a longer prompt at its beginning, silently, and its own default holds less than one long mail. */
const CONTEXT_TOKENS = 16_384;

export interface OllamaEngineOptions extends ModelEngineOptions {
  /** `http://host:11434`. */
  readonly host: string;
  readonly model: string;
  /** For the whole call, loading the model included, in ms. */
  readonly timeoutMs: number;
}

const tokenCount = z.number().int().min(0).optional();
/** A proxy may answer 200 with anything: only what is read here is believed. */
const responseSchema = z.object({
  done: z.literal(true),
  done_reason: z.string().optional(),
  message: z.object({ content: z.string() }),
  prompt_eval_count: tokenCount,
  eval_count: tokenCount,
});

/** Asks a model on a machine of one's own through Ollama's chat (docs.ollama.com/api/chat). */
export function createOllamaEngine(options: OllamaEngineOptions): Engine {
  const { host, model, timeoutMs } = options;
  return createModelEngine(
    {
      engine: 'ollama',
      engineVersion: ENGINE_VERSION,
      model,
      ask: ({ system, user }, schema, signal) =>
        settleCall(
          { vendor: VENDOR, timeoutMs, signal },
          async (both) => {
            // The client takes no signal for one answer, and prints bodies of errors: its fetch does both better.
            const client = new Ollama({ host, fetch: createFetch(both) });
            return toReply(
              await client.chat({
                model,
                messages: [
                  { role: 'system', content: system },
                  { role: 'user', content: user },
                ],
                format: schema,
                stream: false,
                options: { temperature: 0, num_predict: MAX_TOKENS, num_ctx: CONTEXT_TOKENS },
              }),
            );
          },
          (error) => toTransportError(VENDOR, error),
        ),
    },
    options,
  );
}

function createFetch(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal });
    if (response.ok) return response;
    await response.body?.cancel();
    throw toStatusError({ vendor: VENDOR, status: response.status, headers: response.headers });
  };
}

function toReply(response: unknown): ChatReply {
  const checked = responseSchema.safeParse(response);
  if (!checked.success) throw new ServiceError('OutputInvalid', 'The answer is no chat of Ollama');
  const { done_reason: stop, message, prompt_eval_count: read, eval_count: written } = checked.data;
  if (stop !== 'stop') {
    throw new ServiceError('OutputInvalid', 'The model broke off its answer', {
      details: { stopReason: stop ?? 'none' },
    });
  }
  return { text: message.content, tokens: (read ?? 0) + (written ?? 0) };
}

import type { Mistral } from '@mistralai/mistralai';
import { ServiceError } from '../../domain/service-error.ts';
import type { Engine } from '../engine.ts';
import type { ChatReply } from './chat-model.ts';
import { createModelEngine, type ModelEngineOptions } from './create-model-engine.ts';
import { settleCall } from './settle-call.ts';
import { toStatusError } from './to-status-error.ts';
import { toTransportError } from './to-transport-error.ts';

const ENGINE_VERSION = '1';
const VENDOR = 'Mistral';
const MAX_TOKENS = 4096;

export interface MistralEngineOptions extends ModelEngineOptions {
  readonly apiKey: string;
  /** Another host with the same API; without it, Mistral's own. */
  readonly serverURL?: string;
  readonly model: string;
  /** For the whole call, in ms. */
  readonly timeoutMs: number;
}

type Sdk = Awaited<ReturnType<typeof loadSdk>>;
type Completion = Awaited<ReturnType<Mistral['chat']['complete']>>;

/** With the first question, not before: most mail rooms ask no model, and it is a third of what a worker loads. */
async function loadSdk() {
  const [{ Mistral }, errors] = await Promise.all([
    import('@mistralai/mistralai'),
    import('@mistralai/mistralai/models/errors'),
  ]);
  return { Mistral, errors };
}

/** Asks a model of Mistral through its chat completions (docs.mistral.ai/api). */
export function createMistralEngine(options: MistralEngineOptions): Engine {
  const { apiKey, serverURL, model, timeoutMs } = options;
  let client: Mistral | undefined;
  const connect = (sdk: Sdk) =>
    new sdk.Mistral({
      apiKey,
      ...(serverURL === undefined ? {} : { serverURL }),
      retryConfig: { strategy: 'none' },
    });
  return createModelEngine(
    {
      engine: 'mistral',
      engineVersion: ENGINE_VERSION,
      model,
      async ask({ system, user }, schema, signal) {
        const sdk = await loadSdk();
        client ??= connect(sdk);
        const { chat } = client;
        const request = {
          model,
          maxTokens: MAX_TOKENS,
          temperature: 0,
          messages: [
            { role: 'system' as const, content: system },
            { role: 'user' as const, content: user },
          ],
          responseFormat: {
            type: 'json_schema' as const,
            jsonSchema: { name: 'reading', schemaDefinition: schema, strict: true },
          },
        };
        return settleCall(
          { vendor: VENDOR, timeoutMs, signal },
          async (both) => toReply(await chat.complete(request, { signal: both })),
          (error) => toServiceError(error, sdk.errors),
        );
      },
    },
    options,
  );
}

function toReply({ choices, usage }: Completion): ChatReply {
  const [choice] = choices;
  if (choice?.finishReason !== 'stop') {
    throw new ServiceError('OutputInvalid', 'The model broke off its answer', {
      details: { stopReason: String(choice?.finishReason ?? 'none') },
    });
  }
  const content = choice.message?.content ?? '';
  const text =
    typeof content === 'string'
      ? content
      : content.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('');
  return { text, tokens: usage.totalTokens ?? 0 };
}

/** `ServiceError`s pass; bodies, which may quote the mail, and keys stay out. */
function toServiceError(error: unknown, errors: Sdk['errors']): ServiceError {
  if (error instanceof errors.MistralError) {
    const { statusCode: status, headers } = error;
    if (status >= 400) {
      const requestId = headers.get('mistral-correlation-id') ?? headers.get('x-kong-request-id') ?? '';
      return toStatusError({ vendor: VENDOR, status, headers, details: { requestId } });
    }
    return new ServiceError('OutputInvalid', 'The answer is no chat completion');
  }
  if (error instanceof errors.HTTPClientError) {
    return new ServiceError('Unavailable', `${VENDOR} cannot be reached`, { cause: error });
  }
  return toTransportError(VENDOR, error);
}

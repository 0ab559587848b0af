import { z } from 'zod';
import { type FakeVendor, startFakeVendor } from './start-fake-vendor.ts';

/** The fields that a caller of ours may use; the API answers "Extra inputs are not permitted" to unknown ones. */
const bodySchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(0).optional(),
  temperature: z.number().min(0).max(1.5).optional(),
  stream: z.literal(false).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1),
  response_format: z
    .strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: z.string().min(1),
        schema: z.looseObject({ type: z.literal('object'), additionalProperties: z.literal(false) }),
        strict: z.boolean().optional(),
      }),
    })
    .optional(),
});

/**
 * Mistral's chat completions (docs.mistral.ai/api, operation chat_completion_v1_chat_completions_post). The key
 * `wrong-key` is refused as the gateway does it, with `{message, request_id}`; 422 has the form of FastAPI.
 */
export function startFakeMistral(): Promise<FakeVendor> {
  return startFakeVendor({
    findFault(request, body) {
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
        return { status: 404, message: 'Not Found' };
      const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (key === undefined || key === 'wrong-key') return { status: 401, message: 'Unauthorized' };
      const checked = bodySchema.safeParse(body);
      return checked.success ? undefined : { status: 422, message: checked.error.issues[0]?.message ?? '' };
    },
    toAnswer: (text, model, cut) => ({
      id: 'cmpl-e5cc70bb28c444948073e77776eb30ef',
      object: 'chat.completion',
      model,
      created: 1_702_256_327,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, tool_calls: null, prefix: false },
          finish_reason: cut ? 'length' : 'stop',
        },
      ],
      usage: { prompt_tokens: 1700, completion_tokens: 200, total_tokens: 1900 },
    }),
    toError(status, message) {
      if (status === 401) return { message, request_id: '933f233947ff6d346065bb297e4a4d56' };
      if (status === 404) return { detail: message };
      if (status === 422) return { detail: [{ type: 'extra_forbidden', loc: ['body'], msg: message }] };
      const type =
        status === 429 ? 'rate_limited' : status >= 500 ? 'internal_server_error' : 'invalid_model';
      return { object: 'error', message, type, param: null, code: status === 429 ? '1300' : '1500' };
    },
  });
}

import { z } from 'zod';
import { type FakeVendor, startFakeVendor } from './start-fake-vendor.ts';

const bodySchema = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant', 'tool']), content: z.string() }))
    .min(1),
  format: z.union([z.literal('json'), z.looseObject({ type: z.literal('object') })]).optional(),
  stream: z.literal(false),
  options: z
    .strictObject({
      temperature: z.number().optional(),
      num_predict: z.int().optional(),
      num_ctx: z.int().optional(),
    })
    .optional(),
});

/** Ollama's chat (docs.ollama.com/api/chat and /api/errors), of a server that holds every model but `missing`. */
export function startFakeOllama(): Promise<FakeVendor> {
  return startFakeVendor({
    findFault(request, body) {
      if (request.method !== 'POST' || request.url !== '/api/chat')
        return { status: 404, message: '404 page not found' };
      const checked = bodySchema.safeParse(body);
      if (!checked.success) return { status: 400, message: checked.error.issues[0]?.message ?? '' };
      const { model } = checked.data;
      return model === 'missing' ? { status: 404, message: `model '${model}' not found` } : undefined;
    },
    toAnswer: (text, model, cut) => ({
      model,
      created_at: '2026-03-01T10:00:00.123456789Z',
      message: { role: 'assistant', content: text },
      done: true,
      done_reason: cut ? 'length' : 'stop',
      total_duration: 4_883_583_458,
      load_duration: 1_334_875,
      prompt_eval_count: 1700,
      prompt_eval_duration: 342_546_000,
      eval_count: 200,
      eval_duration: 4_535_599_000,
    }),
    toError: (_status, message) => ({ error: message }),
  });
}

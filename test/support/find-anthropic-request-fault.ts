import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const textBlock = z.object({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: z.object({ type: z.literal('ephemeral') }).nullish(),
});
const messageParam = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string().min(1), z.array(textBlock).min(1)]),
});

const API_VERSIONS = ['2023-06-01', '2026-10-21'];

/** The request fields that a caller of ours may use; the API refuses unknown ones, and `temperature` since 2026-10-21. */
const bodySchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(messageParam).min(1),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  output_config: z
    .strictObject({
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
  metadata: z.strictObject({ user_id: z.string().max(256).nullish() }).optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.literal(false).optional(),
});

export interface RequestFault {
  readonly status: number;
  readonly message: string;
}

/** What the Messages API would refuse about a request, in the order in which it looks; undefined when nothing. */
export function findRequestFault(request: IncomingMessage, text: string): RequestFault | undefined {
  const { method, url, headers } = request;
  if (method !== 'POST' || url?.split('?')[0] !== '/v1/messages')
    return { status: 404, message: 'Not found' };
  const key = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  if (key === undefined || key === '') return { status: 401, message: 'x-api-key header is required' };
  if (key === 'wrong-key') return { status: 401, message: 'invalid x-api-key' };
  if (!API_VERSIONS.includes(String(headers['anthropic-version']))) {
    return { status: 400, message: 'anthropic-version: a known version is required' };
  }
  if (!headers['content-type']?.startsWith('application/json')) {
    return { status: 400, message: 'content-type: must be application/json' };
  }
  if (text.length > 32 * 1024 * 1024) return { status: 413, message: 'Request exceeds the maximum size' };
  const checked = bodySchema.safeParse(parseJson(text));
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return { status: 400, message: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'invalid'}` };
  }
  return findSchemaFault(checked.data.output_config?.format.schema);
}

/** Structured outputs want closed objects with every property required. */
function findSchemaFault(schema: Record<string, unknown> | undefined): RequestFault | undefined {
  if (schema === undefined || schema.type !== 'object') return undefined;
  if (schema.additionalProperties !== false) {
    return { status: 400, message: 'output_config.format.schema: additionalProperties must be false' };
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { FailureType } from '../../domain/failure.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Spend } from '../engine.ts';
import type { ChatReply } from './chat-model.ts';
import type { Prompt } from './prompt.ts';

/** European languages take three to four characters a token. */
const CHARS_PER_TOKEN = 3.5;
/** What answers of the agreed form take. */
const ANSWER_TOKENS = 400;

/** Refused before any work was done; the rest may be billed, even an answer that came too late. */
const REFUSALS: ReadonlySet<FailureType> = new Set<FailureType>([
  ...(['RateLimited', 'AuthenticationFailed', 'PermissionDenied'] as const),
  ...(['InvalidInput', 'NotFound', 'Rejected'] as const),
]);
/** Nobody was there to ask. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  'UND_ERR_CONNECT_TIMEOUT',
]);
const DEEPEST_CAUSE = 6;

/** Makes one call at the expense of `spend`: what was refused or never sent costs nothing. */
export async function askPaid(
  prompt: Prompt,
  spend: Spend | undefined,
  ask: () => Promise<ChatReply>,
): Promise<ChatReply> {
  const charge = await spend?.reserve(estimateTokens(prompt));
  const reply = await ask().catch(async (error: unknown) => {
    if (isFree(error)) await charge?.(0);
    throw error;
  });
  await charge?.(reply.tokens === 0 ? undefined : reply.tokens);
  return reply;
}

function isFree(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  // An open breaker names what it stands before, and lets nothing through.
  return REFUSALS.has(error.type) || 'downstream' in error.details || neverConnected(error);
}

function neverConnected(error: Error): boolean {
  let cause: unknown = error.cause;
  for (let depth = 0; depth < DEEPEST_CAUSE && cause instanceof Error; depth += 1) {
    if ('code' in cause && NO_CONNECTION.has(cause.code)) return true;
    cause = cause.cause;
  }
  return false;
}

function estimateTokens({ system, user }: Prompt): number {
  return Math.ceil((system.length + user.length) / CHARS_PER_TOKEN) + ANSWER_TOKENS;
}

import { ServiceError } from '../../domain/service-error.ts';
import type { Spend } from '../engine.ts';
import type { ChatReply } from './chat-model.ts';
import type { Prompt } from './prompt.ts';

/** European languages take three to four characters a token. */
const CHARS_PER_TOKEN = 3.5;
/** What answers of the agreed form take. */
const ANSWER_TOKENS = 400;

/** Makes one call at the expense of `spend`: what was refused or never arrived costs nothing. */
export async function askPaid(
  prompt: Prompt,
  spend: Spend | undefined,
  ask: () => Promise<ChatReply>,
): Promise<ChatReply> {
  const charge = await spend?.reserve(estimateTokens(prompt));
  try {
    const reply = await ask();
    await charge?.(reply.tokens === 0 ? undefined : reply.tokens);
    return reply;
  } catch (error) {
    // A broken answer was paid for, and so may be what was broken off: what was set aside for these counts.
    const isFree = error instanceof ServiceError && error.type !== 'OutputInvalid';
    if (isFree) await charge?.(0);
    throw error;
  }
}

function estimateTokens({ system, user }: Prompt): number {
  return Math.ceil((system.length + user.length) / CHARS_PER_TOKEN) + ANSWER_TOKENS;
}

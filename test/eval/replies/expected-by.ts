import type { Reply, ReplyPart } from '../../../src/mail/parse/reply/read-reply.ts';

type PartKind = ReplyPart['kind'];

const WRITTEN: readonly PartKind[] = ['own', 'thanks', 'farewell', 'signature'];
const SIGNED_OFF: readonly PartKind[] = ['own', 'thanks', 'farewell'];

/** What each labelled set calls the reply, put together from the parts that the product finds. */
export function expectedBy(goldKind: string, reply: Reply, text: string): string {
  if (/signature\+quote/.test(goldKind)) return trimmed(reply.parts);
  if (/first fragment/.test(goldKind)) return reply.parts[0]?.text ?? '';
  if (/visible text, exact/.test(goldKind)) return pick(reply.parts, ['own', 'thanks']);
  if (/without signature/.test(goldKind)) return reply.reply;
  // There a signature under the quotes goes with them.
  if (/quoted text removed/.test(goldKind)) return pick(dropBelowQuotes(reply.parts), WRITTEN);
  if (/text\/plain part|as text/.test(goldKind)) {
    return reply.inlineAnswers || reply.forward !== undefined ? text : pick(reply.parts, WRITTEN);
  }
  return pick(reply.parts, SIGNED_OFF);
}

function pick(parts: readonly ReplyPart[], kinds: readonly PartKind[]): string {
  return parts
    .filter((part) => kinds.includes(part.kind))
    .map((part) => part.text)
    .join('\n');
}

function dropBelowQuotes(parts: readonly ReplyPart[]): readonly ReplyPart[] {
  const quote = parts.findLastIndex((part) => part.kind === 'quote' || part.kind === 'history');
  const below = parts.slice(quote + 1);
  return quote >= 0 && below.every((part) => part.kind === 'signature') ? parts.slice(0, quote) : parts;
}

// Quotes stay where an answer stands below them; what comes after the last answer goes.
function trimmed(parts: readonly ReplyPart[]): string {
  const last = parts.findLastIndex((part) => SIGNED_OFF.includes(part.kind));
  const first = parts.findIndex((part) => SIGNED_OFF.includes(part.kind));
  const below = parts[0]?.kind === 'introduction' ? first : 0;
  const kept = last < 0 ? parts : parts.slice(below, last + 1);
  return pick(kept, last < 0 ? [...WRITTEN, 'quote'] : [...SIGNED_OFF, 'quote']);
}

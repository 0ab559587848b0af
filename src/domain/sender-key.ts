import type { LearnedField } from './learning.ts';
import type { MessageView } from './message.ts';
import type { Threat } from './threat.ts';

/** Symbols that doubt who wrote it, whatever the rest of the message is like. */
const DOUBTS = /^(?:AUTH_|SPF_|DKIM_FAIL|DMARC_FAIL|NOT_ALIGNED|FROM_|NAME_)/;

/** Our own receiver vouches for the From domain. */
export function isSenderProven(threat: Threat | undefined): boolean {
  return threat?.trust === 'verified';
}

/** Something speaks against the sender. Where nobody judged, nothing does, and nothing speaks for him either. */
export function isSenderInDoubt(threat: Threat | undefined): boolean {
  if (threat === undefined || isSenderProven(threat)) return false;
  return threat.symbols.some(({ name, score }) => score > 0 && DOUBTS.test(name));
}

/**
 * Whose mail it is, for what people decided about earlier mail of the same sender: `from:<address>`, or
 * `list:<id>@<domain>`, for anybody may name a list. Only a proven sender has a past in categories. One that is neither
 * proven nor in doubt has a past of his own in priorities, `unproven:…`: it never mixes with that of the proven one.
 */
export function senderKeyOf(
  view: Pick<MessageView, 'from' | 'automatic' | 'threat' | 'forwardedFrom' | 'incomplete'>,
  field: LearnedField,
): string | undefined {
  const { threat } = view;
  // The sender within a forward is what somebody typed.
  if (view.forwardedFrom !== undefined || view.incomplete || threat === undefined) return undefined;
  const key = authorKey(view);
  if (key === undefined || isSenderProven(threat)) return key;
  const mayCount = field === 'priority' && threat.trust === 'unverified' && !isSenderInDoubt(threat);
  return mayCount && !hasOtherReply(threat) ? `unproven:${key}` : undefined;
}

function authorKey({ from, automatic }: Pick<MessageView, 'from' | 'automatic'>): string | undefined {
  if (automatic.listId === undefined) return from.address === '' ? undefined : `from:${from.address}`;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return domain === '' ? undefined : `list:${automatic.listId}@${domain}`;
}

function hasOtherReply({ symbols }: Threat): boolean {
  return symbols.some(({ name, score }) => score > 0 && name.startsWith('REPLY_TO_'));
}

import type { MessageView } from './message.ts';
import type { Threat } from './threat.ts';

/** Symbols that doubt who wrote it, whatever the rest of the message is like. */
const DOUBTS = /^(?:AUTH_|SPF_|DKIM_FAIL|DMARC_FAIL|NOT_ALIGNED|FROM_|NAME_|REPLY_TO_)/;

/**
 * Whose mail it is, for what people decided about earlier mail of the same sender: `list:<id>` or `from:<address>`.
 * Undefined where the sender may be forged: only one that is authenticated, or that nothing speaks against, has a past.
 */
export function senderKeyOf(
  view: Pick<MessageView, 'from' | 'automatic' | 'threat' | 'forwardedFrom' | 'incomplete'>,
): string | undefined {
  // The sender within a forward is what somebody typed.
  if (view.forwardedFrom !== undefined || view.incomplete || !vouchesForSender(view.threat)) return undefined;
  const { listId } = view.automatic;
  if (listId !== undefined) return `list:${listId}`;
  return view.from.address === '' ? undefined : `from:${view.from.address}`;
}

function vouchesForSender(threat: Threat | undefined): boolean {
  if (threat === undefined) return false;
  if (threat.trust === 'verified') return true;
  const doubts = threat.symbols.some(({ name, score }) => score > 0 && DOUBTS.test(name));
  return threat.trust === 'unverified' && !doubts;
}

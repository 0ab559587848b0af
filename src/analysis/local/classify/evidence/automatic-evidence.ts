import type { AutomaticKind } from '../../../../domain/message.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

/** Headers state these two as a fact; wording rarely outweighs them. */
const BY_KIND: Readonly<Record<AutomaticKind, readonly [category: string, weight: number][]>> = {
  person: [
    ['newsletter', -1],
    ['notification', -1],
    ['bounce', -1.5],
  ],
  bounce: [['bounce', 14]],
  'auto-reply': [['auto-reply', 12]],
  list: [
    ['newsletter', 3],
    ['notification', 1.5],
  ],
  notification: [['notification', 3.5]],
};

/** Spam calls itself an automatic answer to pass: one with links that answers nothing is believed less. */
const DOUBTED = 0.3;

/** What the headers say about the kind of sender (RFC 3834, RFC 3464, RFC 2919). */
export function automaticEvidence({ automatic, view, hosts }: Facts): Evidence[] {
  const said = view.automatic.reasons[0];
  const text = automatic === 'person' ? 'written by a person' : `automatic mail${said ? ` (${said})` : ''}`;
  const isDoubtful = automatic === 'auto-reply' && hosts.length > 0 && view.inReplyTo === undefined;
  const trust = isDoubtful ? DOUBTED : 1;
  const verdict = BY_KIND[automatic].map(([category, weight]) => ({
    category,
    weight: weight * trust,
    text,
  }));
  if (automatic !== 'person' || view.inReplyTo === undefined) return verdict;
  const answer = 'answers one of our messages';
  return [
    ...verdict,
    { category: 'spam', weight: -2, text: answer },
    { category: 'newsletter', weight: -2, text: answer },
  ];
}

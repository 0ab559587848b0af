import { createHash } from 'node:crypto';
import type { Draft } from '../../domain/draft.ts';

/** SHA-256, hex, over what an approver sees: recipients (addresses, in order), subject and text. */
export function draftHash(draft: Pick<Draft, 'to' | 'cc' | 'subject' | 'text'>): string {
  const addresses = (list: Draft['to']) => list.map(({ address }) => address.toLowerCase());
  const seen = [addresses(draft.to), addresses(draft.cc), draft.subject, draft.text];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}

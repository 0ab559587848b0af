import type { MailboxItem } from '../mailbox.ts';
import type { MessageFacts } from './fetch-facts.ts';
import { toProviderKey } from './to-provider-key.ts';
import type { FolderRef } from './with-folder.ts';

/** One message to one item. Without a body it is a fault: too large, or listed and not handed over. */
export function toItem(
  ref: FolderRef,
  facts: MessageFacts,
  body: Buffer | undefined,
  limit: number,
  refusal: string | undefined,
): MailboxItem {
  const size = Math.max(body?.byteLength ?? 0, body === undefined ? (facts.size ?? 0) : 0);
  const known = {
    providerKey: toProviderKey(ref.folder, ref.uidValidity, facts.uid),
    receivedAt: facts.receivedAt,
    label: `${ref.folder}, UID ${facts.uid}`,
  };
  const fault = findFault(body, facts.size, limit, refusal);
  if (fault === undefined) return { ...known, raw: body, size, fault };
  return { ...known, raw: undefined, size: Math.max(size, facts.size ?? 0), fault };
}

function findFault(
  body: Buffer | undefined,
  size: number | undefined,
  limit: number,
  refusal: string | undefined,
): MailboxItem['fault'] {
  if (body === undefined && size !== undefined && size > limit) {
    return { type: 'InvalidInput', reason: `It has ${size} bytes; the limit is ${limit}.` };
  }
  if (body === undefined) {
    const why = refusal ?? 'no body came with its answer.';
    return { type: 'Unavailable', reason: `The server lists it but does not hand it over: ${why}` };
  }
  if (body.byteLength > limit) return { type: 'InvalidInput', reason: `It has more than ${limit} bytes.` };
  if (body.byteLength === 0) return { type: 'InvalidInput', reason: 'It is empty.' };
  return undefined;
}

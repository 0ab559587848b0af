import type { Draft } from '../../domain/draft.ts';
import type { Address, MessageView } from '../../domain/message.ts';
import { draftHash } from './draft-hash.ts';
import { isRobotAddress } from './is-robot-address.ts';
import { isSameMailbox } from './is-same-mailbox.ts';
import { isUsableAddress } from './is-usable-address.ts';
import { replyReferences } from './reply-references.ts';
import { replySubject } from './reply-subject.ts';

export interface ReplyRequest {
  readonly view: MessageView;
  /** The address the message was written to; the answer comes from it. */
  readonly accountAddress: Address;
  readonly text: string;
  /** Sent without a person. */
  readonly automatic: boolean;
  /** Copy those whom the sender copied. Default: yes for a person's answer, no for an automatic one (RFC 3834 4). */
  readonly keepCc?: boolean;
}

/** All of a Draft that follows from the message and the text. */
export type Reply = Pick<
  Draft,
  'from' | 'to' | 'cc' | 'subject' | 'text' | 'inReplyTo' | 'references' | 'hash' | 'automatic'
>;

export type ReplyComposition =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'not-answerable'; readonly reason: string };

/** A forged Cc or Reply-To must not turn one mail into hundreds. */
const MAX_RECIPIENTS = 50;

/** Why this message gets no answer; undefined when it may be answered. */
function findObstacle(view: MessageView, self: string): string | undefined {
  const { kind, reasons } = view.automatic;
  if (kind !== 'person') return `not written by a person (${[kind, ...reasons.slice(0, 1)].join(': ')})`;
  if (!isUsableAddress(view.from.address)) return 'the sender has no usable address';
  if (isSameMailbox(view.from.address, self)) return 'the sender is this account';
  if (isRobotAddress(view.from.address)) return 'the sender takes no answers (no-reply)';
  return undefined;
}

/** `candidates` that can be written to: no self, no robots, none twice, none of `taken`. Names lose control characters. */
function pickRecipients(
  candidates: readonly Address[],
  self: string,
  taken: readonly Address[] = [],
): Address[] {
  const seen = new Set(taken.map(({ address }) => address));
  const picked: Address[] = [];
  for (const candidate of candidates) {
    const address = candidate.address.toLowerCase();
    if (seen.has(address) || !isUsableAddress(address)) continue;
    if (isSameMailbox(address, self) || isRobotAddress(address)) continue;
    seen.add(address);
    picked.push({
      name: candidate.name
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, 200),
      address,
    });
  }
  return picked;
}

/**
 * The answer to one message: Reply-To before From, no copy to ourselves, threaded by RFC 5322 3.6.4.
 * Pure; recipients come from the message alone, never from the text or a model.
 */
export function composeReply(request: ReplyRequest): ReplyComposition {
  const { view, accountAddress, text, automatic, keepCc = !automatic } = request;
  const self = accountAddress.address;
  const obstacle = findObstacle(view, self);
  if (obstacle !== undefined) return { kind: 'not-answerable', reason: obstacle };

  const asked = pickRecipients(view.replyTo, self);
  const to = asked.length > 0 ? asked : pickRecipients([view.from], self);
  const cc = keepCc ? pickRecipients(view.cc, self, to) : [];
  if (to.length + cc.length > MAX_RECIPIENTS) {
    return { kind: 'not-answerable', reason: `the answer would reach ${to.length + cc.length} people` };
  }
  const references = replyReferences(view);
  const parent = view.messageIdHeader;
  const inReplyTo = parent !== undefined && references.includes(parent) ? parent : undefined;
  const seen = { to, cc, subject: replySubject(view.subject), text };
  return {
    kind: 'reply',
    reply: { from: accountAddress, ...seen, inReplyTo, references, hash: draftHash(seen), automatic },
  };
}

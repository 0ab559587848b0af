import MailComposer from 'nodemailer/lib/mail-composer';
import type { Draft } from '../../domain/draft.ts';
import type { Address } from '../../domain/message.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { isUsableAddress } from './is-usable-address.ts';

/** RFC 5322 bytes and the envelope (RFC 5321) they travel in; domains of the envelope are ASCII. */
export interface ComposedMessage {
  readonly raw: Uint8Array;
  readonly envelopeFrom: string;
  readonly envelopeTo: readonly string[];
}

/** What is sent without a person says so, or two machines answer each other for ever (RFC 3834 5, MS-OXCMAIL). */
const AUTOMATIC_HEADERS = {
  'Auto-Submitted': 'auto-replied',
  'X-Auto-Response-Suppress': 'All',
  Precedence: 'bulk',
};

function refuse(field: string, why: string): never {
  throw new ServiceError('InvalidInput', `The draft cannot be sent: ${field} ${why}`, { details: { field } });
}

/** Names the field, never its value: that may be somebody's address. */
function checkAddresses(field: string, addresses: readonly Address[]): void {
  for (const { name, address } of addresses) {
    if (/\p{Cc}/u.test(name)) refuse(field, 'has a name with control characters');
    if (!isUsableAddress(address)) refuse(field, 'holds an address that cannot be written to');
  }
}

function checkIds(field: string, ids: readonly string[]): void {
  if (ids.some((id) => !/^[^\s<>\p{Cc}]{1,500}$/u.test(id))) refuse(field, 'is not a bare message id');
}

/**
 * Writes a draft as a MIME message.
 * @param messageIdHeader minted once for the delivery, without angle brackets.
 * @throws ServiceError InvalidInput for CR, LF, NUL or another control character in any header or envelope field.
 */
export async function composeMessage(
  draft: Draft,
  messageIdHeader: string,
  date: Date = new Date(),
): Promise<ComposedMessage> {
  checkAddresses('From', [draft.from]);
  checkAddresses('To', draft.to);
  checkAddresses('Cc', draft.cc);
  if (draft.to.length === 0) refuse('To', 'is empty');
  if (/\p{Cc}/u.test(draft.subject)) refuse('Subject', 'has control characters');
  checkIds('Message-ID', [messageIdHeader]);
  checkIds('In-Reply-To', draft.inReplyTo === undefined ? [] : [draft.inReplyTo]);
  checkIds('References', draft.references);

  const node = new MailComposer({
    from: { ...draft.from },
    to: draft.to.map((address) => ({ ...address })),
    cc: draft.cc.map((address) => ({ ...address })),
    subject: draft.subject,
    text: draft.text.replaceAll('\0', '').replace(/\r\n?/g, '\n'),
    messageId: `<${messageIdHeader}>`,
    inReplyTo: draft.inReplyTo === undefined ? undefined : `<${draft.inReplyTo}>`,
    references: draft.references.map((id) => `<${id}>`),
    date,
    headers: draft.automatic ? AUTOMATIC_HEADERS : {},
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { from, to } = node.getEnvelope();
  if (from === false) return refuse('From', 'is empty');
  return { raw: await node.build(), envelopeFrom: from, envelopeTo: to };
}

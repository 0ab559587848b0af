import type { Attachment, MessageView } from '../../domain/message.ts';
import { findPatterns } from '../pii/find-patterns.ts';
import { mergeSpans } from '../pii/merge-spans.ts';
import { parseAddressList, parseAuthor } from './address-list.ts';
import { readAutomatic } from './automatic-report.ts';
import { renderBody } from './body-views.ts';
import { cleanLine } from './clean-line.ts';
import { collectContent, type MessageContent } from './collect-content.ts';
import { parseConversationIds } from './conversation-ids.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { parseHeaderDate } from './header-date.ts';
import type { HeaderFields } from './header-fields.ts';
import { parseHeaderParams } from './header-params.ts';
import { innerText } from './inner-text.ts';
import { removeInvisible } from './invisible-text.ts';
import { detectLanguage } from './language.ts';
import type { MimePart } from './mime-part.ts';
import type { ReadLimits } from './read-limits.ts';
import { readReply } from './reply/read-reply.ts';
import type { SplitMessage } from './split-message.ts';
import type { Warnings } from './warnings.ts';

const MAX_SUBJECT_CHARS = 1000;

/** What every later step works on, of a source that is split; what is broken is named in its `warnings`. */
export function readView({ root, warnings }: SplitMessage, options: ReadLimits): MessageView {
  const content = collectContent(root, options, warnings);
  const envelope = readEnvelope(root.fields, options, warnings);
  const body = renderBody(content.slots, options, warnings);
  // As declared: a report cut short is read as text, and still a report.
  const declared = parseHeaderParams(root.fields.first('content-type') ?? '');
  const carried = declared.value === 'multipart/report' ? [] : content.inner;
  const pieces = [body.text, innerText(carried, options, warnings)].filter((piece) => piece !== '');
  const matter = pieces.join('\n\n');
  const { name, address } = envelope.from;
  const reply = readReply(matter, { subject: envelope.subject, sender: `${name} ${address}` });
  return {
    ...envelope,
    text: body.text,
    visibleText: reply.visible,
    inlineAnswers: reply.inlineAnswers,
    ...(reply.signature !== '' && { signature: reply.signature }),
    ...(reply.forward !== undefined && { forwardedFrom: reply.forward }),
    html: body.html,
    // A signature is often in another language than the letter.
    language: detectLanguage(reply.reply, envelope.subject),
    automatic: readAutomatic(root, {
      fields: root.fields,
      from: envelope.from.address,
      subject: envelope.subject,
      contentType: declared.value,
      reportType: declared.params.get('report-type')?.toLowerCase() ?? '',
      partTypes: listTypes(root, content),
      text: matter,
    }),
    attachments: content.attachments,
    // Names are looked for when a text leaves for a model: that costs more than all other reading.
    pii: mergeSpans(findPatterns(reply.visible), []),
    events: content.events,
    protection: [...content.protection],
    incomplete: warnings.incomplete(),
    warnings: warnings.list(),
  };
}

type Envelope = Pick<
  MessageView,
  'subject' | 'from' | 'to' | 'cc' | 'replyTo' | 'messageIdHeader' | 'inReplyTo' | 'references' | 'date'
>;

function readEnvelope(fields: HeaderFields, { maxAddresses }: ReadLimits, warnings: Warnings): Envelope {
  const others = ['sender', 'reply-to', 'return-path'].flatMap((name) => fields.all(name));
  const from = parseAuthor({ from: fields.all('from'), others });
  if (!from?.address) warnings.add('From is missing or unreadable');
  const date = parseHeaderDate(fields.first('date'));
  if (!date) warnings.add('Date is missing or unreadable');
  const subject = removeInvisible(decodeEncodedWords(fields.first('subject') ?? ''));
  if (subject.hidden) warnings.add('invisible characters in the subject left out');
  return {
    subject: cleanLine(subject.text, MAX_SUBJECT_CHARS),
    from: from ?? { name: '', address: '' },
    to: parseAddressList(fields.all('to'), maxAddresses),
    cc: parseAddressList(fields.all('cc'), maxAddresses),
    replyTo: parseAddressList(fields.all('reply-to'), maxAddresses),
    ...parseConversationIds(
      fields.first('message-id'),
      fields.first('in-reply-to'),
      fields.first('references'),
    ),
    date,
  };
}

function listTypes(root: MimePart, content: MessageContent): string[] {
  return [
    root.contentType.value,
    ...content.attachments.map((attachment: Attachment) => attachment.contentType),
  ];
}

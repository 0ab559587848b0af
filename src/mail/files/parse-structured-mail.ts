import { ServiceError } from '../../domain/service-error.ts';

export interface StructuredMail {
  readonly from: string[];
  readonly to: string[];
  readonly cc: string[];
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly date: string | undefined;
  readonly messageId: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly references: string[];
  readonly attachments: readonly StructuredAttachment[];
}

export interface StructuredAttachment {
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly contentBase64: string;
}

const FIELDS = [
  'from',
  'to',
  'cc',
  'subject',
  'text',
  'html',
  'date',
  'messageid',
  'inreplyto',
  'references',
];

/**
 * Reads `{from, to, cc, subject, text, html, date, messageId, inReplyTo, references, attachments}`. Names are
 * compared without case, `_` and `-`, so that SQL columns fit. Addresses: a string, `{name, address}` or a list.
 * Throws InvalidInput naming the field that does not fit.
 */
export function parseStructuredMail(fields: ReadonlyMap<string, unknown>): StructuredMail {
  if (![...FIELDS, 'attachments'].some((name) => isSet(fields.get(name)))) {
    throw new ServiceError(
      'InvalidInput',
      'It has neither `raw`, `rawBase64` nor any of from, to, subject, text, html.',
    );
  }
  return {
    from: toAddresses(fields, 'from'),
    to: toAddresses(fields, 'to'),
    cc: toAddresses(fields, 'cc'),
    subject: toText(fields, 'subject'),
    text: toText(fields, 'text'),
    html: toText(fields, 'html'),
    date: toText(fields, 'date'),
    messageId: toText(fields, 'messageid'),
    inReplyTo: toText(fields, 'inreplyto'),
    references: toList(fields.get('references')).map((value) => toPlainText(value, 'references')),
    attachments: toList(fields.get('attachments')).map(toAttachment),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function toList(value: unknown): unknown[] {
  if (!isSet(value)) return [];
  return Array.isArray(value) ? value : [value];
}

function toPlainText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new ServiceError('InvalidInput', `\`${name}\` must be text.`);
}

function toText(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = fields.get(name);
  return isSet(value) ? toPlainText(value, name) : undefined;
}

function toAddresses(fields: ReadonlyMap<string, unknown>, name: string): string[] {
  return toList(fields.get(name)).map((value) => toOneLine(toMailbox(value, name), name));
}

/** A line break would end the field and begin another one. */
function toOneLine(text: string, name: string): string {
  if (!/[\r\n\0]/.test(text)) return text;
  throw new ServiceError('InvalidInput', `\`${name}\` holds a line break.`, {
    fix: 'Write each address on one line.',
  });
}

function toMailbox(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return toPlainText(value, name);
  const { name: shown, address } = value as { name?: unknown; address?: unknown };
  const mailbox = toPlainText(address, `${name}.address`);
  if (!isSet(shown)) return mailbox;
  const quoted = toPlainText(shown, `${name}.name`).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${quoted}" <${mailbox}>`;
}

function toAttachment(value: unknown): StructuredAttachment {
  if (typeof value !== 'object' || value === null) {
    throw new ServiceError('InvalidInput', '`attachments` must hold {filename, contentType, contentBase64}.');
  }
  const fields = new Map(
    Object.entries(value).map(([key, entry]) => [key.replace(/[_-]/g, '').toLowerCase(), entry]),
  );
  const content: unknown = fields.get('contentbase64') ?? '';
  return {
    filename: toText(fields, 'filename'),
    contentType: toText(fields, 'contenttype'),
    contentBase64: toPlainText(content, 'attachments.contentBase64'),
  };
}

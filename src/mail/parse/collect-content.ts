import type { CalendarEvent } from '../../domain/calendar-event.ts';
import type { Attachment, Protection } from '../../domain/message.ts';
import { readCalendar } from './calendar-events.ts';
import { cleanText } from './clean-text.ts';
import { decodePartText } from './decode-part-text.ts';
import { decodeText } from './decode-text.ts';
import { findArmor, findProtection } from './find-protection.ts';
import { isCarriedMessage } from './is-carried-message.ts';
import type { MimePart } from './mime-part.ts';
import { openTnef } from './open-tnef.ts';
import type { ReadLimits } from './read-limits.ts';
import { asReadable } from './readable-base64.ts';
import { fromTnefFile, toAttachment } from './to-attachment.ts';
import { decodeTransfer } from './transfer-decoding.ts';
import type { Warnings } from './warnings.ts';

/** One place of the body: a text, an HTML, or both as alternatives of each other (RFC 2046 5.1.4). */
export interface BodySlot {
  plain: string | undefined;
  html: string | undefined;
}

/** What a MIME tree holds, in reading order. */
export interface MessageContent {
  readonly slots: readonly BodySlot[];
  readonly attachments: readonly Attachment[];
  /** Decoded messages carried within (message/rfc822), also listed as attachments. */
  readonly inner: readonly Buffer[];
  readonly events: readonly CalendarEvent[];
  readonly protection: ReadonlySet<Protection>;
}

interface Collector {
  readonly slots: BodySlot[];
  /** Out of winmail.dat: shown when the mail has no body of its own. */
  readonly spare: BodySlot[];
  readonly attachments: Attachment[];
  readonly names: Set<string>;
  readonly inner: Buffer[];
  readonly events: CalendarEvent[];
  readonly protection: Set<Protection>;
  textBytes: number;
  leaves: number;
  readonly limits: ReadLimits;
  readonly warnings: Warnings;
}

const TNEF = /^application\/(?:vnd\.)?ms-tnef$/;
const CALENDAR = /^(?:text\/(?:x-v?)?calendar|application\/ics)$/;
const UNTYPED = 'application/octet-stream';
const ALTERNATIVE = 'multipart/alternative';
const MAX_EVENTS = 50;
/** What stands between two pages of a body; `renderBody` sets it between two places of it. */
export const HTML_BREAK = '\n<hr />\n';

/** Sorts the leaves of a tree into body and attachments. */
export function collectContent(root: MimePart, limits: ReadLimits, warnings: Warnings): MessageContent {
  const collector: Collector = {
    slots: [],
    spare: [],
    attachments: [],
    names: new Set(),
    inner: [],
    events: [],
    protection: new Set(),
    textBytes: 0,
    leaves: 0,
    limits,
    warnings,
  };
  visit(root, undefined, '', collector);
  const hasBody = collector.slots.some(({ plain, html }) => plain?.trim() || html?.trim());
  return hasBody ? collector : { ...collector, slots: collector.spare };
}

function visit(
  part: MimePart,
  alternative: BodySlot | undefined,
  parentType: string,
  collector: Collector,
): void {
  const type = part.contentType.value;
  const protection = findProtection(part);
  if (protection) collector.protection.add(protection);
  if (part.children.length > 0) {
    let slot = alternative;
    if (type === ALTERNATIVE && !slot) {
      slot = { plain: undefined, html: undefined };
      collector.slots.push(slot);
    }
    for (const child of part.children) visit(child, slot, type, collector);
    return;
  }
  const isFirst = collector.leaves++ === 0;
  const bytes = readBytes(part, collector.warnings);
  const kind = type === 'text/html' ? 'html' : type === 'text/plain' ? 'plain' : undefined;
  if (kind && isBodyText(part, isFirst || parentType === ALTERNATIVE)) {
    addText(part, kind, asReadable(part, bytes, collector.warnings), alternative, collector);
  } else addAttachment(part, bytes, collector);
}

function addAttachment(part: MimePart, bytes: Buffer, collector: Collector): void {
  const attachment = toAttachment(part, bytes, collector.names);
  const { contentType, filename } = attachment;
  if (isTnef(contentType, filename) && addTnef(bytes, collector)) return;
  if (isCarriedMessage(contentType)) collector.inner.push(bytes);
  if (isCalendar(contentType, filename))
    addCalendar(bytes, part.contentType.params.get('charset'), collector);
  addFile(attachment, collector);
}

function addFile(attachment: Attachment, collector: Collector): void {
  collector.attachments.push(attachment);
  collector.names.add(attachment.filename);
}

/** Its contents in place of the container, which Outlook alone can open; false when it stays, for not all was found. */
function addTnef(bytes: Buffer, collector: Collector): boolean {
  const content = openTnef(bytes);
  if (content === undefined) {
    collector.warnings.limit('winmail.dat (TNEF) broken, not opened');
    return false;
  }
  const { text, html } = content;
  const { maxTextBytes } = collector.limits;
  collector.spare.push({
    plain: text && cleanText(text.slice(0, maxTextBytes)),
    html: html && cleanText(html.slice(0, maxTextBytes)),
  });
  for (const file of content.files) {
    const attachment = fromTnefFile(file);
    if (isCalendar(attachment.contentType, attachment.filename))
      addCalendar(file.bytes, undefined, collector);
    addFile(attachment, collector);
  }
  if (content.cut) collector.warnings.limit('winmail.dat (TNEF) cut off, opened as far as it goes');
  return !content.cut;
}

function addCalendar(bytes: Buffer, charset: string | undefined, collector: Collector): void {
  const read = bytes.subarray(0, collector.limits.maxTextBytes);
  const { events, kinds } = readCalendar(decodeText(read, charset ?? 'utf-8').text);
  if (kinds.length === 0) collector.warnings.add('calendar object unreadable');
  // Most invitations carry the same object twice: as an alternative and as a file.
  for (const event of events) {
    if (collector.events.length >= MAX_EVENTS) return;
    const key = JSON.stringify(event);
    if (!collector.events.some((known) => JSON.stringify(known) === key)) collector.events.push(event);
  }
}

function isTnef(contentType: string, filename: string): boolean {
  return TNEF.test(contentType) || (contentType === UNTYPED && /^winmail\.dat$/i.test(filename));
}

function isCalendar(contentType: string, filename: string): boolean {
  return CALENDAR.test(contentType) || (contentType === UNTYPED && /\.ics$/i.test(filename));
}

function readBytes(part: MimePart, warnings: Warnings): Buffer {
  const bytes = decodeTransfer(part.body, part.encoding);
  if (!bytes) warnings.add(`transfer encoding "${part.encoding}" unknown, read as it is`);
  return bytes ?? part.body;
}

// A name makes a text a file, save where nothing but the body can stand.
function isBodyText(part: MimePart, inBodyPlace: boolean): boolean {
  if (part.disposition.value === 'attachment') return false;
  return inBodyPlace || (!part.disposition.params.has('filename') && !part.contentType.params.has('name'));
}

function addText(
  part: MimePart,
  kind: 'plain' | 'html',
  bytes: Buffer,
  alternative: BodySlot | undefined,
  collector: Collector,
): void {
  const room = collector.limits.maxTextBytes - collector.textBytes;
  if (bytes.length > room)
    collector.warnings.limit(`over ${collector.limits.maxTextBytes} bytes of text, the rest not read`);
  const read = bytes.subarray(0, Math.max(0, room));
  collector.textBytes += read.length;
  const text = cleanText(decodePartText(part, read, kind, collector.warnings));
  const armor = kind === 'plain' ? findArmor(text) : undefined;
  if (armor) collector.protection.add(armor);
  if (!alternative) collector.slots.push({ plain: undefined, html: undefined, [kind]: text });
  else {
    // Apple Mail puts a file between two pages of one alternative.
    const before = alternative[kind];
    alternative[kind] =
      before === undefined ? text : `${before}${kind === 'html' ? HTML_BREAK : '\n'}${text}`;
  }
}

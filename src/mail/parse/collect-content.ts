import type { Attachment } from '../../domain/message.ts';
import { cleanText } from './clean-text.ts';
import { decodePartText } from './decode-part-text.ts';
import type { MimePart } from './mime-part.ts';
import type { ReadLimits } from './read-limits.ts';
import { toAttachment } from './to-attachment.ts';
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
}

interface Collector {
  readonly slots: BodySlot[];
  readonly attachments: Attachment[];
  readonly inner: Buffer[];
  textBytes: number;
  readonly limits: ReadLimits;
  readonly warnings: Warnings;
}

/** Sorts the leaves of a tree into body and attachments. */
export function collectContent(root: MimePart, limits: ReadLimits, warnings: Warnings): MessageContent {
  const collector: Collector = { slots: [], attachments: [], inner: [], textBytes: 0, limits, warnings };
  visit(root, undefined, collector);
  return collector;
}

function visit(part: MimePart, alternative: BodySlot | undefined, collector: Collector): void {
  const type = part.contentType.value;
  if (part.children.length > 0) {
    let slot = alternative;
    if (type === 'multipart/alternative' && !slot) {
      slot = { plain: undefined, html: undefined };
      collector.slots.push(slot);
    }
    for (const child of part.children) visit(child, slot, collector);
    return;
  }
  const bytes = readBytes(part, collector.warnings);
  const kind = type === 'text/html' ? 'html' : type === 'text/plain' ? 'plain' : undefined;
  if (kind && isBodyText(part) && addText(part, kind, bytes, alternative, collector)) return;
  if (type === 'message/rfc822') collector.inner.push(bytes);
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(type)) collector.warnings.add('winmail.dat (TNEF) not opened');
  collector.attachments.push(toAttachment(part, bytes, collector.attachments.length + 1));
}

function readBytes(part: MimePart, warnings: Warnings): Buffer {
  const bytes = decodeTransfer(part.body, part.encoding);
  if (!bytes) warnings.add(`transfer encoding "${part.encoding}" unknown, read as it is`);
  return bytes ?? part.body;
}

function isBodyText(part: MimePart): boolean {
  if (part.disposition.value === 'attachment') return false;
  return !part.disposition.params.has('filename') && !part.contentType.params.has('name');
}

function addText(
  part: MimePart,
  kind: 'plain' | 'html',
  bytes: Buffer,
  alternative: BodySlot | undefined,
  collector: Collector,
): boolean {
  const room = collector.limits.maxTextBytes - collector.textBytes;
  if (bytes.length > room)
    collector.warnings.add(`over ${collector.limits.maxTextBytes} bytes of text, the rest not read`);
  const read = bytes.subarray(0, Math.max(0, room));
  collector.textBytes += read.length;
  const text = cleanText(decodePartText(part, read, kind, collector.warnings));
  if (!alternative) collector.slots.push({ plain: undefined, html: undefined, [kind]: text });
  else alternative[kind] = alternative[kind] === undefined ? text : `${alternative[kind]}\n${text}`;
  return true;
}

import { decodePartText } from '../decode-part-text.ts';
import type { MimePart } from '../mime-part.ts';
import { stripTags } from '../strip-tags.ts';
import { decodeTransfer } from '../transfer-decoding.ts';
import { createWarnings } from '../warnings.ts';

const MAX_REPORT_CHARS = 128 * 1024;
const RETURNED = /^(?:message\/(?:rfc822|global|partial|global-headers)|text\/(?:rfc822|global)-headers)$/;
const REPORT = /^message\/(?:global-)?(?:delivery-status|feedback-report|delayed-delivery-status)$/;

/** The parts of a report (RFC 6522): what it says to people, its fields for programs, and what came back. */
export interface ReportParts {
  readonly notice: string;
  readonly fields: string;
  /** Source of the returned mail or its header; empty when none came. */
  readonly returned: string;
}

/** Sorts a MIME tree into the parts of a report, by declared type, and plain reports by their dividing lines. */
export function collectReportParts(root: MimePart): ReportParts {
  const pieces = { notice: [] as string[], fields: [] as string[], returned: [] as string[] };
  visit(root, pieces);
  const notice = toLines(pieces.notice.join('\n\n'));
  const cut = findReturnedMail(notice);
  const inline = cut === undefined ? '' : notice.slice(cut);
  const returned = pieces.returned.length > 0 ? toLines(pieces.returned.join('\n')) : inline;
  return { notice: notice.slice(0, cut), fields: toLines(pieces.fields.join('\n\n')), returned };
}

type Pieces = Record<keyof ReportParts, string[]>;

function visit(part: MimePart, pieces: Pieces): void {
  if (part.children.length > 0) {
    const hasPlain = part.children.some((child) => child.contentType.value === 'text/plain');
    for (const child of part.children) {
      if (!(hasPlain && child.contentType.value === 'text/html')) visit(child, pieces);
    }
    return;
  }
  const type = part.contentType.value;
  const bytes = (decodeTransfer(part.body, part.encoding) ?? part.body).subarray(0, MAX_REPORT_CHARS);
  if (REPORT.test(type)) pieces.fields.push(bytes.toString('utf8'));
  else if (RETURNED.test(type)) pieces.returned.push(bytes.toString('latin1'));
  else if (type === 'text/html')
    pieces.notice.push(toPlain(decodePartText(part, bytes, 'html', createWarnings())));
  else if (type.startsWith('text/'))
    pieces.notice.push(decodePartText(part, bytes, 'plain', createWarnings()));
}

function toPlain(html: string): string {
  const broken = html
    .replace(/<(?:style|title)\b[^>]{0,200}>[^<]{0,20000}/gi, '')
    .replace(/<br\b[^>]{0,100}>/gi, '\n');
  return stripTags(broken)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&#43;', '+')
    .replaceAll('&amp;', '&');
}

function toLines(text: string): string {
  return text.slice(0, MAX_REPORT_CHARS).replace(/\r\n?/g, '\n').replaceAll('\t', ' ');
}

/** Lines by which programs divide their words from the returned mail, and the first header lines of such a mail. */
const DIVIDERS = [
  /^[-_ |*=+']{2,40} ?(?:this|included|below|enclosed)\b.{0,60}\b(?:copy|header|message)/i,
  /^[-_ |*=+']{2,40} ?(?:original|returned|unsent|undelivered|rejected) (?:mail|message)/i,
  /^[-_ |*=+']{2,40} ?(?:message (?:header|text|body)s? follow|the header of the original|mensaje original|no message was collected)/i,
  /^ {0,20}(?:original message(?: headers?)?(?: follows\.?|:)|message headers follow|original mail as follows|included is a copy of|below is a copy of)/i,
  /^ {0,4}(?:original message headers|en-têtes (?:du|de) message d'origine|intestazioni originali|ursprungshuvuden|the attachment contains the original mail)/i,
  /^\+{20,}|^'\+{20,}/,
  /^content-type: {0,3}(?:message\/rfc822|text\/rfc822-headers)/i,
  /^(?:received: ?(?:from|by)|return-path: ?<|dkim-signature: ?v|x-originating-ip: )/i,
] as const;

function findReturnedMail(notice: string): number | undefined {
  let pos = 0;
  let isFirst = true;
  for (const line of notice.split('\n')) {
    if (!isFirst && line.length < 400 && DIVIDERS.some((pattern) => pattern.test(line))) return pos;
    if (line.trim() !== '') isFirst = false;
    pos += line.length + 1;
  }
  return undefined;
}

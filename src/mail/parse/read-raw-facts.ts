import type { RawFacts, RawFile } from '../../domain/raw-facts.ts';
import { parseAuthor } from './address-list.ts';
import { decodePartText } from './decode-part-text.ts';
import type { MimePart } from './mime-part.ts';
import { toAttachment } from './to-attachment.ts';
import { decodeTransfer } from './transfer-decoding.ts';
import { createWarnings, type Warnings } from './warnings.ts';

const MAX_HTML_CHARS = 200_000;
const MAX_FILES = 50;
/** Encoded bytes of a file that is opened at all; of larger ones only the name is known. */
const MAX_OPENED = 4 * 1024 * 1024;
const HEAD = 256 * 1024;
const ARCHIVE =
  /^application\/(?:zip|x-zip-compressed|x-zip|octet-stream|vnd\.(?:ms-|openxmlformats)[\w.+-]{1,80}|msword)$/;
const ARCHIVE_NAME = /\.(?:zip|docm|xlsm|pptm|dotm|xltm|docx|xlsx|pptx|doc|dot|xls|xlt|ppt|jar)$/i;

/** What judging a message needs beside its view; what is amiss, the view names. */
export function readRawFacts(root: MimePart): RawFacts {
  const warnings = createWarnings();
  const html: string[] = [];
  const files: RawFile[] = [];
  for (const part of leavesOf(root)) {
    const named = part.disposition.params.has('filename') || part.contentType.params.has('name');
    if (part.contentType.value === 'text/html' && !named && part.disposition.value !== 'attachment') {
      html.push(readHtml(part, warnings));
    } else if (part.contentType.value !== 'text/plain' || named) {
      if (files.length < MAX_FILES) files.push(readFile(part));
    }
  }
  const author = parseAuthor({ from: root.fields.all('from'), others: [] });
  return {
    authorFrom: author?.address ? 'from' : 'elsewhere',
    headers: new Map(root.fields.names().map((name) => [name, root.fields.all(name)])),
    html: html.join('\n').slice(0, MAX_HTML_CHARS),
    files,
  };
}

function leavesOf(part: MimePart): MimePart[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}

function readHtml(part: MimePart, warnings: Warnings): string {
  const body = part.body.subarray(0, MAX_HTML_CHARS * 2);
  const bytes = decodeTransfer(body, part.encoding) ?? body;
  return decodePartText(part, bytes, 'html', warnings).slice(0, MAX_HTML_CHARS);
}

function readFile(part: MimePart): RawFile {
  const { filename, contentType } = toAttachment(part, EMPTY, UNNAMED);
  const whole = ARCHIVE.test(contentType) || ARCHIVE_NAME.test(filename);
  const body = whole && part.body.length <= MAX_OPENED ? part.body : part.body.subarray(0, HEAD);
  return { filename, contentType, head: decodeTransfer(body, part.encoding) ?? body };
}

const EMPTY = Buffer.alloc(0);
const UNNAMED: ReadonlySet<string> = new Set();

import { cleanLine } from './clean-line.ts';
import { decodeText } from './decode-text.ts';
import { decompressRtf } from './decompress-rtf.ts';
import { rtfToText } from './rtf-text.ts';
import { readTnefAttributes, type TnefAttribute } from './tnef-attributes.ts';
import { readTnefProperties, type TnefProperty } from './tnef-properties.ts';

/** A file out of winmail.dat. */
export interface TnefFile {
  readonly filename: string;
  /** As Outlook names it; empty when it does not. */
  readonly contentType: string;
  readonly contentId: string;
  readonly bytes: Buffer;
}

/** What a winmail.dat carries; bodies are undefined when it has none of that kind. */
export interface TnefContent {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly files: readonly TnefFile[];
  /** It ends before its end: there was more. */
  readonly cut: boolean;
}

const MAX_FILES = 200;
const MAX_DEPTH = 3;
const MESSAGE = 1;
const ATTACHMENT = 2;
const OBJECT = 0x0d;
const UNICODE = 0x1f;
const ID = { codePage: 0x9007, body: 0x800c, messageProps: 0x9003 };
const FILE = { begin: 0x9002, title: 0x8010, data: 0x800f, props: 0x9005 };
const PR = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  htmlCodePage: 0x3fde,
  data: 0x3701,
  name: 0x3704,
  longName: 0x3707,
  type: 0x370e,
  contentId: 0x3712,
  displayName: 0x3001,
};

/** Opens the container that Outlook wraps mail into (MS-OXTNEF); undefined for bytes that are none. */
export function openTnef(bytes: Buffer, depth = 0): TnefContent | undefined {
  const stream = readTnefAttributes(bytes);
  if (stream === undefined) return undefined;
  const { attributes, cut } = stream;
  const codePage = toCharset(attributes.find(({ id }) => id === ID.codePage)?.data);
  const ofMessage = attributes.filter(({ level }) => level === MESSAGE);
  const properties = readTnefProperties(dataOf(ofMessage, ID.messageProps) ?? Buffer.alloc(0));
  const files = groupByFile(attributes)
    .slice(0, MAX_FILES)
    .flatMap((group) => toFiles(group, codePage, depth));
  return { ...readBodies(properties, dataOf(ofMessage, ID.body), codePage), files, cut };
}

function readBodies(
  properties: ReadonlyMap<number, TnefProperty>,
  oldBody: Buffer | undefined,
  codePage: string,
): Pick<TnefContent, 'text' | 'html'> {
  const html = properties.get(PR.html);
  const charset = toCharset(properties.get(PR.htmlCodePage)?.data);
  const plain = toText(properties.get(PR.body), codePage) || decode(oldBody, codePage);
  const rtf = properties.get(PR.rtf);
  const text = plain || (rtf && !html ? rtfToText(decompressRtf(rtf.data)) : '');
  return { text: text || undefined, html: html && (toText(html, charset) || undefined) };
}

function groupByFile(attributes: readonly TnefAttribute[]): TnefAttribute[][] {
  const groups: TnefAttribute[][] = [];
  for (const attribute of attributes) {
    if (attribute.level !== ATTACHMENT) continue;
    if (attribute.id === FILE.begin || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(attribute);
  }
  return groups;
}

function toFiles(group: readonly TnefAttribute[], codePage: string, depth: number): TnefFile[] {
  const properties = readTnefProperties(dataOf(group, FILE.props) ?? Buffer.alloc(0));
  const named = [PR.longName, PR.name, PR.displayName].map((id) => toText(properties.get(id), codePage));
  const filename = [...named, decode(dataOf(group, FILE.title), codePage)].find((name) => name !== '') ?? '';
  const object = properties.get(PR.data);
  const bytes = dataOf(group, FILE.data) ?? object?.data;
  if (bytes === undefined) return [];
  // A message attached in Outlook is a TNEF stream behind the 16 bytes of its interface id.
  if (object?.type === OBJECT && depth < MAX_DEPTH) {
    const inner = openTnef(object.data.subarray(16), depth + 1);
    if (inner) return [...toMessageFile(inner, filename), ...inner.files].slice(0, MAX_FILES);
  }
  return [
    {
      filename: cleanLine(filename, 500),
      contentType: toText(properties.get(PR.type), codePage).trim().toLowerCase(),
      contentId: cleanLine(toText(properties.get(PR.contentId), codePage), 300),
      bytes,
    },
  ];
}

function toMessageFile(inner: TnefContent, filename: string): TnefFile[] {
  const body = inner.html ?? inner.text;
  if (body === undefined) return [];
  const contentType = inner.html === undefined ? 'text/plain' : 'text/html';
  const name = `${cleanLine(filename, 300) || 'message'}.${inner.html === undefined ? 'txt' : 'html'}`;
  return [{ filename: name, contentType, contentId: '', bytes: Buffer.from(body, 'utf8') }];
}

function dataOf(attributes: readonly TnefAttribute[], id: number): Buffer | undefined {
  return attributes.find((attribute) => attribute.id === id)?.data;
}

function toCharset(data: Buffer | undefined): string {
  const page = data !== undefined && data.length >= 4 ? data.readUInt32LE(0) : 0;
  if (page === 65001 || page === 0) return page === 0 ? 'windows-1252' : 'utf-8';
  return `cp${page}`;
}

function toText(property: TnefProperty | undefined, codePage: string): string {
  if (property === undefined) return '';
  return decode(property.data, property.type === UNICODE ? 'utf-16le' : codePage);
}

function decode(data: Buffer | undefined, charset: string): string {
  return data === undefined ? '' : decodeText(data, charset).text.replace(/\0+$/, '');
}

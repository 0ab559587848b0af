import { ServiceError } from '../../domain/service-error.ts';
import { type HeaderBlock, readHeaderBlock } from './header-block.ts';
import type { ReadLimits } from './read-limits.ts';
import type { Warnings } from './warnings.ts';

const LF = 0x0a;
const CR = 0x0d;
const HEADER_SEARCH = 64 * 1024;
const KNOWN_FIELDS = [
  'from',
  'to',
  'subject',
  'date',
  'received',
  'message-id',
  'content-type',
  'mime-version',
];

/**
 * The bytes to parse: without a byte order mark, leading empty lines or an mbox `From ` line, bare CR as LF, cut at
 * the limit. Throws `ServiceError('InvalidInput')` when no header field stands in the first 64 KB.
 */
export function prepareSource(raw: Uint8Array, limits: ReadLimits, warnings: Warnings): Buffer {
  let source: Buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (source.length > limits.maxSourceBytes) {
    warnings.limit(`over ${limits.maxSourceBytes} bytes, the rest not read`);
    source = source.subarray(0, limits.maxSourceBytes);
  }
  if (!source.includes(LF) && source.includes(CR)) {
    source = Buffer.from(source.toString('latin1').replaceAll('\r', '\n'), 'latin1');
    warnings.add('lines end in bare CR');
  }
  source = source.subarray(skipPrologue(source));
  const head = source.subarray(0, HEADER_SEARCH);
  const block = readHeaderBlock(head, 0, head.length, HEADER_SEARCH);
  if (block.fields.size === 0 || isBinary(head, block)) {
    throw new ServiceError('InvalidInput', 'These bytes are no e-mail: no header field at their start', {
      fix: 'Check that the source is a raw RFC 5322 message (.eml), not an archive or a database file',
      details: { bytes: raw.byteLength },
    });
  }
  return source;
}

function skipPrologue(source: Buffer): number {
  let pos = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  while (source[pos] === LF || source[pos] === CR) pos++;
  // `From  : Jane` is a field with blanks before its colon (RFC 5322 4.5).
  const isMbox = /^From (?!\s{0,20}:)/.test(source.toString('latin1', pos, pos + 30));
  const lineEnd = isMbox ? source.indexOf(LF, pos) : -1;
  return lineEnd < 0 ? pos : lineEnd + 1;
}

// Control characters and no field of mail: a program or a document whose bytes happen to hold a colon.
function isBinary(head: Buffer, block: HeaderBlock): boolean {
  if (KNOWN_FIELDS.some((name) => block.fields.first(name) !== undefined)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001a]/.test(head.toString('latin1', 0, block.bodyStart));
}

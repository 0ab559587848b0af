import {
  type BodyParts,
  type DelimiterMatch,
  findBodyParts,
  guessBoundary,
  guessUsedBoundary,
} from './find-body-parts.ts';
import { readHeaderBlock } from './header-block.ts';
import type { HeaderFields } from './header-fields.ts';
import { type HeaderParams, parseHeaderParams } from './header-params.ts';
import type { MimePart } from './mime-part.ts';
import type { ReadLimits } from './read-limits.ts';
import type { Warnings } from './warnings.ts';

interface Budget {
  headerBytes: number;
  parts: number;
  readonly limits: ReadLimits;
  readonly warnings: Warnings;
}

const EMPTY = Buffer.alloc(0);
const MAX_TYPES = 4;

/**
 * Splits a source into its MIME tree without copying bodies: linear in bytes times nesting, bounded by `limits`.
 * Ours and not a parser's: postal-mime (4.0) needs 11 s for a million short lines and hides the raw part bytes
 * that charset repair needs.
 */
export function splitParts(source: Buffer, limits: ReadLimits, warnings: Warnings): MimePart {
  const budget: Budget = { headerBytes: limits.maxHeaderBytes, parts: limits.maxParts, limits, warnings };
  return readPart(source, 0, source.length, 0, 'text/plain', budget);
}

function readPart(
  source: Buffer,
  start: number,
  end: number,
  depth: number,
  kind: string,
  budget: Budget,
): MimePart {
  budget.parts--;
  const block = readHeaderBlock(source, start, end, budget.headerBytes);
  budget.headerBytes = Math.max(0, budget.headerBytes - block.used);
  if (block.truncated)
    budget.warnings.limit(`over ${budget.limits.maxHeaderBytes} header bytes, the rest not read`);
  const { fields } = block;
  const declared = readContentType(fields, kind, source.subarray(Math.min(block.bodyStart, end), end));
  const contentType = declared.value.includes('/') ? declared : { value: kind, params: declared.params };
  const part = {
    fields,
    contentType,
    disposition: parseHeaderParams(fields.first('content-disposition') ?? ''),
    encoding: /[\w-]{1,40}/.exec(fields.first('content-transfer-encoding')?.toLowerCase() ?? '')?.[0] ?? '',
  };
  const body = source.subarray(Math.min(block.bodyStart, end), end);
  if (!contentType.value.startsWith('multipart/')) return { ...part, body, children: [] };
  if (depth >= budget.limits.maxDepth) {
    budget.warnings.limit(
      `over ${budget.limits.maxDepth} multiparts within each other, the inner ones not read`,
    );
    return { ...part, body, children: [] };
  }
  const { children, closedAt } = readChildren(source, block.bodyStart, end, depth, contentType, budget);
  if (children) return { ...part, body: EMPTY, children };
  budget.warnings.add('multipart without parts, read as text');
  const text =
    closedAt === undefined ? body : source.subarray(block.bodyStart, Math.max(block.bodyStart, closedAt));
  return {
    ...part,
    contentType: { value: 'text/plain', params: contentType.params },
    body: text,
    children: [],
  };
}

/** Of several fields the first, and before it a multipart whose boundary is in use. */
function readContentType(fields: HeaderFields, kind: string, body: Buffer): HeaderParams {
  const [first = kind, ...more] = fields.all('content-type').slice(0, MAX_TYPES);
  const used = (more.length === 0 ? [] : [first, ...more])
    .map(parseHeaderParams)
    .find(({ value, params }) => {
      const boundary = params.get('boundary');
      return value.startsWith('multipart/') && boundary !== undefined && body.includes(`--${boundary}`);
    });
  return used ?? parseHeaderParams(first);
}

interface Children {
  /** Undefined when there are none. */
  readonly children?: MimePart[];
  readonly closedAt?: number | undefined;
}

function readChildren(
  source: Buffer,
  start: number,
  end: number,
  depth: number,
  contentType: MimePart['contentType'],
  budget: Budget,
): Children {
  const ranges = findRanges(source, start, end, contentType.params.get('boundary'), budget);
  if (!ranges || ranges.parts.length === 0) return { closedAt: ranges?.closedAt };
  const kind = contentType.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const children: MimePart[] = [];
  for (const range of ranges.parts) {
    if (budget.parts <= 0) break;
    children.push(readPart(source, range.start, range.end, depth + 1, kind, budget));
  }
  if (ranges.more || children.length < ranges.parts.length) {
    budget.warnings.limit(`over ${budget.limits.maxParts} parts, the rest not read`);
  }
  if (ranges.open) budget.warnings.add('multipart not closed, its last part may be cut short');
  return { children };
}

/** By the declared boundary, else by one that starts with it, else by the one in use. */
function findRanges(
  source: Buffer,
  start: number,
  end: number,
  declared: string | undefined,
  budget: Budget,
): BodyParts | undefined {
  const find = (boundary: string, match: DelimiterMatch): BodyParts =>
    findBodyParts(source, { start, end }, boundary, match, budget.parts);
  if (!declared) {
    const first = guessBoundary(source, start, end);
    return first ? find(first, 'line') : undefined;
  }
  const exact = find(declared, 'line');
  if (exact.parts.length > 0 || exact.closedAt !== undefined) return exact;
  const guessed = guessUsedBoundary(source, start, end);
  if (guessed?.startsWith(declared)) return find(declared, 'prefix');
  return guessed ? find(guessed, 'line') : undefined;
}

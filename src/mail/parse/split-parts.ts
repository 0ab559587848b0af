import { findBodyParts, guessBoundary } from './find-body-parts.ts';
import { readHeaderBlock } from './header-block.ts';
import { parseHeaderParams } from './header-params.ts';
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
  const declared = parseHeaderParams(fields.first('content-type') ?? kind);
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
  const children = readChildren(source, block.bodyStart, end, depth, contentType, budget);
  if (children) return { ...part, body: EMPTY, children };
  budget.warnings.add('multipart without parts, read as text');
  return { ...part, contentType: { value: 'text/plain', params: contentType.params }, body, children: [] };
}

function readChildren(
  source: Buffer,
  start: number,
  end: number,
  depth: number,
  contentType: MimePart['contentType'],
  budget: Budget,
): MimePart[] | undefined {
  const boundary = contentType.params.get('boundary') || guessBoundary(source, start, end);
  if (!boundary) return undefined;
  const ranges = findBodyParts(source, start, end, boundary, budget.parts);
  if (ranges.parts.length === 0) return undefined;
  const kind = contentType.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const children: MimePart[] = [];
  for (const range of ranges.parts) {
    if (budget.parts <= 0) break;
    children.push(readPart(source, range.start, range.end, depth + 1, kind, budget));
  }
  if (ranges.more || children.length < ranges.parts.length) {
    budget.warnings.limit(`over ${budget.limits.maxParts} parts, the rest not read`);
  }
  return children;
}

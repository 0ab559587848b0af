import type { FileHandle } from 'node:fs/promises';
import { findRecordEnd, type RecordShape } from './find-record-end.ts';

export interface CsvRecord {
  /** undefined: it cannot be told where it ends, or it is too large. */
  readonly bytes: Buffer | undefined;
  /** Why there are no bytes. */
  readonly fault: string | undefined;
  /** Offset behind it. */
  readonly next: number;
}

const CHUNK = 256 * 1024;

/**
 * The records from `offset` on, one at a time; no more than `limit` bytes and a chunk are held. A quote that is never
 * closed costs its own line only: reading goes on with the next one.
 */
export async function* readCsvRecords(
  file: FileHandle,
  offset: number,
  shape: RecordShape,
  limit: number,
): AsyncGenerator<CsvRecord> {
  let start = offset;
  let held: Buffer = Buffer.alloc(0);
  let step = CHUNK;
  for (;;) {
    const { end, isQuoted } = findRecordEnd(held, 0, shape);
    if (end !== undefined) {
      const bytes = held.subarray(0, end);
      held = held.subarray(end);
      start += end;
      step = CHUNK;
      yield { bytes, fault: undefined, next: start };
      continue;
    }
    const more = held.length > limit ? undefined : await readChunk(file, start + held.length, step);
    if (more !== undefined && more.length > 0) {
      held = Buffer.concat([held, more]);
      // Doubled, because what is held is looked through anew.
      step *= 2;
      continue;
    }
    if (held.length === 0) return;
    const fault = toFault(isQuoted, more === undefined, limit);
    if (fault === undefined) {
      yield { bytes: held, fault, next: start + held.length };
      return;
    }
    start = await findNextLine(file, start, shape);
    held = Buffer.alloc(0);
    step = CHUNK;
    yield { bytes: undefined, fault, next: start };
  }
}

function toFault(isQuoted: boolean, isTooLarge: boolean, limit: number): string | undefined {
  if (isQuoted) return 'A quote is opened and not closed.';
  return isTooLarge ? `It is larger than ${limit} bytes.` : undefined;
}

async function readChunk(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Behind the first line break, quotes or not; the end of the file when there is none. */
async function findNextLine(file: FileHandle, from: number, shape: RecordShape): Promise<number> {
  const lineFeed = Buffer.from(shape.unit === 1 ? [0x0a] : shape.isBigEndian ? [0, 0x0a] : [0x0a, 0]);
  for (let at = from; ; at += CHUNK) {
    const chunk = await readChunk(file, at, CHUNK);
    for (let found = chunk.indexOf(lineFeed); found >= 0; found = chunk.indexOf(lineFeed, found + 1)) {
      if (found % shape.unit === 0) return at + found + shape.unit;
    }
    if (chunk.length < CHUNK) return at + chunk.length;
  }
}

import { type ByteSink, createByteSink } from './create-byte-sink.ts';
import type { Line } from './read-line-batches.ts';

export interface MboxMessage {
  /** Byte offset of its `From ` line. */
  readonly start: number;
  /** Byte offset of the next `From ` line, or of the end of the file. */
  readonly next: number;
  /** Undefined when it is larger than the limit. */
  readonly raw: Buffer | undefined;
  readonly size: number;
  readonly key: string | undefined;
  /** From the `From ` line, which is in UTC (RFC 4155). */
  readonly receivedAt: Date | undefined;
  /** Bytes before the first `From ` line: no message of an mbox. */
  readonly stray: boolean;
}

export interface MboxParser {
  /** The message that this line ended, if any. */
  push(line: Line): MboxMessage | undefined;
  end(offset: number): MboxMessage | undefined;
}

interface Open {
  readonly start: number;
  readonly sink: ByteSink;
  readonly receivedAt: Date | undefined;
  readonly stray: boolean;
}

const ASCTIME =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:\d{1,2} +)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[^\r\n]{0,40}\d{1,2}:\d{2}[^\r\n]{0,40}/;
const HEADER_START = /^[!-9;-~]{1,100}:/;
const QUOTED_FROM = /^>{1,100}From /;

/**
 * Cuts an mbox (RFC 4155; mboxo and mboxrd) line by line. Writers that do not quote `From ` in bodies exist, so
 * a `From ` line separates only after an empty line or with a date, and before a header line or with a date.
 */
export function createMboxParser(maxMessageBytes: number): MboxParser {
  let open: Open | undefined;
  let candidate: { line: Line; text: string; afterBlank: boolean } | undefined;
  let blank: Buffer | undefined;

  function begin(start: number, text: string | undefined): MboxMessage | undefined {
    const finished = finish(start);
    const receivedAt = text === undefined ? undefined : toDate(text);
    open = { start, sink: createByteSink(maxMessageBytes), receivedAt, stray: text === undefined };
    return finished;
  }

  function finish(next: number): MboxMessage | undefined {
    if (open === undefined) return undefined;
    const { start, sink, receivedAt, stray } = open;
    // The last empty line belongs to the mbox, not to the message.
    blank = undefined;
    open = undefined;
    const { bytes, size, key } = sink.finish();
    return { start, next, raw: bytes, size, key, receivedAt, stray };
  }

  function body(line: Line): void {
    if (blank !== undefined) open?.sink.add(blank);
    const isBlank = line.opens && line.closes && isEmpty(line.bytes);
    blank = isBlank ? line.bytes : undefined;
    if (isBlank) return;
    if (open === undefined) begin(line.start, undefined);
    open?.sink.add(line.opens ? unquote(line.bytes) : line.bytes);
  }

  function settle(next: Line | undefined): MboxMessage | undefined {
    if (candidate === undefined) return undefined;
    const { line, text, afterBlank } = candidate;
    candidate = undefined;
    const dated = ASCTIME.test(text);
    const header = next?.opens === true && HEADER_START.test(next.bytes.toString('latin1', 0, 128));
    const separates = (afterBlank && (dated || header)) || (dated && header);
    if (open === undefined || open.stray ? dated || header || line.start === 0 : separates) {
      return begin(line.start, text);
    }
    body(line);
    return undefined;
  }

  return {
    push(line) {
      const finished = settle(line);
      if (line.opens && line.closes && startsWithFrom(line.bytes)) {
        const text = line.bytes.toString('latin1', 0, 1000);
        candidate = { line, text, afterBlank: blank !== undefined };
      } else {
        body(line);
      }
      return finished;
    },
    end(offset) {
      // A `From ` line at the very end separates nothing unless it is dated; then an empty message follows.
      return settle(undefined) ?? finish(offset);
    },
  };
}

function startsWithFrom(bytes: Buffer): boolean {
  return bytes[0] === 0x46 && bytes.toString('latin1', 0, 5) === 'From ';
}

function isEmpty(bytes: Buffer): boolean {
  return bytes[0] === 0x0a || (bytes.length === 2 && bytes[0] === 0x0d && bytes[1] === 0x0a);
}

function unquote(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x3e) return bytes;
  return QUOTED_FROM.test(bytes.toString('latin1', 0, 128)) ? bytes.subarray(1) : bytes;
}

function toDate(text: string): Date | undefined {
  const found = ASCTIME.exec(text)?.[0];
  if (found === undefined) return undefined;
  const zoned = /(?:[+-]\d{4}|GMT|UTC)/.test(found) ? found : `${found.trim()} UTC`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

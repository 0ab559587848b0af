import { type ByteSink, createByteSink } from './create-byte-sink.ts';

export interface JsonElement {
  /** Byte offset behind it: where the next one is looked for. */
  readonly next: number;
  /** Undefined when it is larger than the limit. */
  readonly text: Buffer | undefined;
  readonly size: number;
  readonly key: string | undefined;
  /** False when the file ended inside it. */
  readonly complete: boolean;
}

export interface JsonSplitter {
  /** The elements that end in this chunk, whose first byte is at `offset` of the file. */
  push(chunk: Buffer, offset: number): JsonElement[];
  /** What the end of the file leaves: an element that is not closed. */
  end(offset: number): JsonElement | undefined;
  /** The closing bracket of the array was met. */
  readonly closed: boolean;
}

const BYTE = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  open: 0x5b,
  close: 0x5d,
  brace: 0x7b,
  unbrace: 0x7d,
};

/**
 * Cuts a JSON array (RFC 8259) into its elements without holding it, by counting brackets outside strings. It
 * does not judge an element: JSON.parse does, so one bad element stays one bad element.
 */
export function createJsonSplitter(maxElementBytes: number): JsonSplitter {
  let sink: ByteSink | undefined;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let closed = false;

  function finish(next: number, complete: boolean): JsonElement {
    const { bytes, size, key } = sink?.finish() ?? { bytes: Buffer.alloc(0), size: 0, key: undefined };
    sink = undefined;
    depth = 0;
    inString = false;
    return { next, text: bytes, size, key, complete };
  }

  /** Moves over one byte of an element; true when the element ends with it. */
  function step(byte: number): boolean {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === BYTE.backslash) escaped = true;
      else if (byte === BYTE.quote) inString = false;
      return !inString && depth === 0;
    }
    if (byte === BYTE.quote) inString = true;
    else if (byte === BYTE.open || byte === BYTE.brace) depth++;
    else if (byte === BYTE.close || byte === BYTE.unbrace) return --depth <= 0;
    return false;
  }

  function push(chunk: Buffer, offset: number): JsonElement[] {
    const elements: JsonElement[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (sink === undefined) {
        if (isGap(byte)) continue;
        if (byte === BYTE.close) {
          closed = true;
          continue;
        }
        sink = createByteSink(maxElementBytes);
        from = at;
      } else if (depth === 0 && !inString && (isGap(byte) || byte === BYTE.close)) {
        // A bare word or number ends before the separator.
        sink.add(chunk.subarray(from, at));
        elements.push(finish(offset + at, true));
        at--;
        continue;
      }
      if (step(byte)) {
        sink.add(chunk.subarray(from, at + 1));
        elements.push(finish(offset + at + 1, true));
      }
    }
    sink?.add(chunk.subarray(from));
    return elements;
  }

  return {
    push,
    end: (offset) => (sink === undefined ? undefined : finish(offset, false)),
    get closed() {
      return closed;
    },
  };
}

function isGap(byte: number): boolean {
  return byte === BYTE.comma || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

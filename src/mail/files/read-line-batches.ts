import type { FileHandle } from 'node:fs/promises';

/** A line, or a piece of one that is longer than a chunk. `bytes` holds its line end. */
export interface Line {
  readonly bytes: Buffer;
  /** Byte offset in the file. */
  readonly start: number;
  /** The line begins here. */
  readonly opens: boolean;
  /** The line ends here, with its LF or at the end of the file. */
  readonly closes: boolean;
}

const CHUNK = 256 * 1024;
const LF = 10;

/**
 * The lines of a file from `offset`, one batch for each chunk, with bounded memory however long a line is. A
 * line that crosses two chunks is joined; from then on it comes in pieces.
 */
export async function* readLineBatches(file: FileHandle, offset: number): AsyncGenerator<Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let position = offset;
  let opens = true;
  for (;;) {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    const { bytesRead } = await file.read(buffer, 0, CHUNK, position + rest.length);
    const ended = bytesRead === 0;
    const read = buffer.subarray(0, bytesRead);
    const data = rest.length === 0 ? read : Buffer.concat([rest, read]);
    const lines: Line[] = [];
    let at = 0;
    for (let end = data.indexOf(LF, at); end >= 0; end = data.indexOf(LF, at)) {
      lines.push({ bytes: data.subarray(at, end + 1), start: position + at, opens, closes: true });
      opens = true;
      at = end + 1;
    }
    rest = data.subarray(at);
    if (rest.length > 0 && (ended || rest.length >= CHUNK)) {
      lines.push({ bytes: rest, start: position + at, opens, closes: ended });
      opens = false;
      at += rest.length;
      rest = Buffer.alloc(0);
    }
    position += at;
    if (lines.length > 0) yield lines;
    if (ended) return;
  }
}

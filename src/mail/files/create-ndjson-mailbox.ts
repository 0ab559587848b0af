import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { ServiceError } from '../../domain/service-error.ts';
import type { Mailbox, MailboxPage, PageRequest } from '../mailbox.ts';
import { createByteSink } from './create-byte-sink.ts';
import { createPageCollector } from './create-page-collector.ts';
import { parseCursor } from './parse-cursor.ts';
import { type Line, readLineBatches } from './read-line-batches.ts';
import { toJsonItem } from './to-json-item.ts';
import { toJsonTextLimit } from './to-json-text-limit.ts';
import { withOpenFile } from './with-open-file.ts';

const START = { kind: 'ndjson', offset: 0, line: 0 };

/**
 * Streams one JSON object a line; the cursor is the byte offset and the number of lines before it. Empty lines
 * are passed over. Lines appended later are read later.
 */
export function createNdjsonMailbox(path: string): Mailbox {
  const name = basename(path);

  async function readPage(request: PageRequest): Promise<MailboxPage> {
    const start = parseCursor(request.cursor, START);
    return withOpenFile(path, async (file) => {
      await checkAnchor(file, start.offset);
      return readFrom(file, start, request);
    });
  }

  async function readFrom(file: FileHandle, start: typeof START, request: PageRequest): Promise<MailboxPage> {
    const page = createPageCollector(request);
    const limit = toJsonTextLimit(request.maxMessageBytes);
    let position = start;
    let sink = createByteSink(limit);
    const finish = (done: boolean): MailboxPage => ({
      items: page.items,
      cursor: JSON.stringify(position),
      done,
      total: undefined,
    });
    for await (const lines of readLineBatches(file, start.offset)) {
      request.signal.throwIfAborted();
      page.touch();
      for (const line of lines) {
        sink.add(line.bytes);
        if (!line.closes) continue;
        const { bytes, size, key } = sink.finish();
        sink = createByteSink(limit);
        position = { ...position, offset: line.start + line.bytes.length, line: position.line + 1 };
        const text = bytes === undefined ? undefined : trim(bytes);
        if (text?.length === 0) continue;
        const label = `${name}, line ${position.line}`;
        if (page.add(await toJsonItem({ text, size, key }, label, request.maxMessageBytes)))
          return finish(false);
      }
    }
    return finish(true);
  }

  return { readPage, close: async () => undefined };
}

/** Without white space at both ends and the byte order mark, so that the same object has the same key. */
function trim(bytes: Buffer): Buffer {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let to = bytes.length;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return bytes.subarray(from, to);
}

function isSpace(byte: Line['bytes'][number] | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

async function checkAnchor(file: FileHandle, offset: number): Promise<void> {
  if (offset === 0) return;
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, offset - 1);
  if (offset === size || (bytesRead === 1 && buffer[0] === 0x0a)) return;
  throw new ServiceError(
    'InvalidInput',
    'The file was rewritten while the import ran: the position fits no line.',
    {
      fix: 'Import the file again; what was read before is recognised as a duplicate.',
    },
  );
}

import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Mailbox, MailboxPage, PageRequest } from '../mailbox.ts';
import { createJsonSplitter, type JsonElement, type JsonSplitter } from './create-json-splitter.ts';
import { createPageCollector } from './create-page-collector.ts';
import { parseCursor } from './parse-cursor.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toJsonItem } from './to-json-item.ts';
import { toJsonTextLimit } from './to-json-text-limit.ts';
import { withOpenFile } from './with-open-file.ts';

const CHUNK = 256 * 1024;
const START = { kind: 'json', offset: 0, index: 0, ended: 0 };

/**
 * Streams a JSON array of messages; the cursor is the byte offset behind the last element and how many there
 * were. `open` is the offset behind the opening bracket.
 */
export function createJsonMailbox(path: string, open: number): Mailbox {
  const name = basename(path);

  async function readPage(request: PageRequest): Promise<MailboxPage> {
    const start = parseCursor(request.cursor, { ...START, offset: open });
    if (start.ended > 0) return { items: [], cursor: JSON.stringify(start), done: true, total: undefined };
    return withOpenFile(path, (file) => readFrom(file, start, request));
  }

  async function readFrom(file: FileHandle, start: typeof START, request: PageRequest): Promise<MailboxPage> {
    const page = createPageCollector(request);
    const splitter = createJsonSplitter(toJsonTextLimit(request.maxMessageBytes));
    let position = start;
    for (let at = start.offset; ; ) {
      request.signal.throwIfAborted();
      page.touch();
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK, at);
      if (bytesRead === 0) {
        addRest(splitter.end(at), splitter);
        return finish({ ...position, offset: at, ended: 1 });
      }
      for (const element of splitter.push(buffer.subarray(0, bytesRead), at)) {
        position = { ...position, offset: element.next, index: position.index + 1 };
        const item = await toJsonItem(element, `${name}, item ${position.index}`, request.maxMessageBytes);
        if (page.add(item)) return finish(position);
      }
      at += bytesRead;
    }

    function addRest(rest: JsonElement | undefined, { closed }: JsonSplitter): void {
      if (rest === undefined && closed) return;
      const label = `${name}, after item ${position.index}`;
      const reason = 'The array is not closed: the file is cut off or damaged here.';
      page.add(toFaultItem({ label, size: rest?.size ?? 0, reason }));
    }

    function finish(cursor: typeof START): MailboxPage {
      return { items: page.items, cursor: JSON.stringify(cursor), done: cursor.ended > 0, total: undefined };
    }
  }

  return { readPage, close: async () => undefined };
}

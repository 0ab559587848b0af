import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Mailbox, MailboxPage, PageRequest } from '../mailbox.ts';
import { createPageCollector } from './create-page-collector.ts';
import { readCsvLayout, unitOf } from './csv-layout.ts';
import { parseCursor } from './parse-cursor.ts';
import { readCsvRecords } from './read-csv-records.ts';
import { toCsvItem } from './to-csv-item.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toJsonTextLimit } from './to-json-text-limit.ts';
import { withOpenFile } from './with-open-file.ts';

const START = { kind: 'csv', offset: 0, row: 0 };

/**
 * Streams a table of tickets, each row one message; the cursor is the byte offset and the number of rows before it. The
 * first line names the columns; delimiter (comma, semicolon, tab, bar) and charset are found by themselves.
 */
export function createCsvMailbox(path: string): Mailbox {
  const name = basename(path);

  async function readFrom(file: FileHandle, request: PageRequest): Promise<MailboxPage> {
    const layout = await readCsvLayout(file, name);
    const shape = {
      delimiter: layout.delimiter,
      unit: unitOf(layout.charset),
      isBigEndian: layout.charset === 'utf-16be',
    };
    let position = parseCursor(request.cursor, { ...START, offset: layout.start });
    const page = createPageCollector(request);
    const { maxMessageBytes } = request;
    const finish = (done: boolean): MailboxPage => ({
      items: page.items,
      cursor: JSON.stringify(position),
      done,
      total: undefined,
    });
    const records = readCsvRecords(file, position.offset, shape, toJsonTextLimit(maxMessageBytes));
    for await (const { bytes, fault, next } of records) {
      request.signal.throwIfAborted();
      position = { ...position, offset: next, row: position.row + 1 };
      const label = `${name}, row ${position.row}`;
      const item =
        bytes === undefined
          ? toFaultItem({ label, reason: fault ?? 'It cannot be read.' })
          : await toCsvItem(bytes, label, layout, maxMessageBytes);
      if (item === undefined) page.touch();
      else if (page.add(item)) return finish(false);
    }
    return finish(true);
  }

  return {
    readPage: (request) => withOpenFile(path, (file) => readFrom(file, request)),
    close: async () => undefined,
  };
}

import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { ServiceError } from '../../domain/service-error.ts';
import type { Mailbox, MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import { createMboxParser, type MboxMessage } from './create-mbox-parser.ts';
import { createPageCollector } from './create-page-collector.ts';
import { parseCursor } from './parse-cursor.ts';
import { readLineBatches } from './read-line-batches.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toMessageItem } from './to-message-item.ts';
import { withOpenFile } from './with-open-file.ts';

const START = { kind: 'mbox', offset: 0 };

/** Streams an mbox; the cursor is the byte offset of the next `From ` line. Mail appended later is read later. */
export function createMboxMailbox(path: string): Mailbox {
  const name = basename(path);

  async function readPage(request: PageRequest): Promise<MailboxPage> {
    const start = parseCursor(request.cursor, START);
    return withOpenFile(path, async (file) => {
      await checkAnchor(file, start.offset);
      return readFrom(file, start.offset, request);
    });
  }

  async function readFrom(file: FileHandle, offset: number, request: PageRequest): Promise<MailboxPage> {
    const page = createPageCollector(request);
    const parser = createMboxParser(request.maxMessageBytes);
    let next = offset;
    const take = (message: MboxMessage | undefined): boolean => {
      if (message === undefined) return false;
      next = message.next;
      return page.add(toItem(message, name, request.maxMessageBytes));
    };
    const finish = (done: boolean): MailboxPage => ({
      items: page.items,
      cursor: JSON.stringify({ ...START, offset: next }),
      done,
      total: undefined,
    });
    let end = offset;
    for await (const lines of readLineBatches(file, offset)) {
      request.signal.throwIfAborted();
      page.touch();
      for (const line of lines) {
        end = line.start + line.bytes.length;
        if (take(parser.push(line))) return finish(false);
      }
    }
    const last = parser.end(end);
    take(last);
    // A dated `From ` line closed the last message and left an empty one: the next page holds it.
    return finish(last === undefined || next >= end);
  }

  return { readPage, close: async () => undefined };
}

function toItem(message: MboxMessage, name: string, maxMessageBytes: number): MailboxItem {
  const label = `${name}, byte ${message.start}`;
  const { raw, size, key } = message;
  if (message.stray) {
    return toFaultItem({ label, size, key, reason: 'Text before the first "From " line of the mbox.' });
  }
  if (raw === undefined) {
    return toFaultItem({
      label,
      size,
      key,
      reason: `It has ${size} bytes; the limit is ${maxMessageBytes}.`,
    });
  }
  return toMessageItem(raw, label, maxMessageBytes, message.receivedAt);
}

async function checkAnchor(file: FileHandle, offset: number): Promise<void> {
  const { size } = await file.stat();
  if (offset === 0 || offset === size) return;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, offset);
  if (bytesRead === 5 && buffer.toString('latin1') === 'From ') return;
  throw new ServiceError(
    'InvalidInput',
    'The mbox was rewritten while the import ran: the position fits no message.',
    {
      fix: 'Import the file again; what was read before is recognised as a duplicate.',
    },
  );
}

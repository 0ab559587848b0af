import type { AttachmentText } from '../../domain/message.ts';
import { createSlots } from '../reader/create-slots.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { AttachmentReader } from './create-attachment-reader.ts';
import { createFileOpener } from './create-file-opener.ts';
import { findFormat } from './find-format.ts';
import { notRead } from './not-read.ts';
import { runInTime } from './run-in-time.ts';

const MAX_START_MS = 10_000;
/** With less no file is begun. */
const MIN_LEFT_MS = 5;
const FIRST: AttachmentFile = { filename: 'start.txt', contentType: 'text/plain', bytes: new Uint8Array() };

/** Reads attachments that are no pictures. One message at a time for each thread: a file's time is its own. */
export function createDocumentReader(limits: AttachmentLimits, threads: number): AttachmentReader {
  const opener = createFileOpener(limits, threads, FIRST);
  const slots = createSlots(threads);

  async function readOne(file: AttachmentFile, room: number, leftMs: number): Promise<AttachmentText> {
    const refusal = refuse(file, limits, room, leftMs);
    if (refusal !== undefined) return notRead(refusal);
    const allowance = { maxChars: Math.min(limits.maxChars, room), maxMs: Math.min(limits.maxMs, leftMs) };
    return opener.open(file, allowance);
  }

  async function readAll(files: readonly AttachmentFile[]): Promise<AttachmentText[]> {
    await opener.start(MAX_START_MS);
    const texts: AttachmentText[] = [];
    const end = performance.now() + limits.maxTotalMs;
    let room = limits.maxTotalChars;
    for (const [index, file] of files.entries()) {
      const isOver = index >= limits.maxFiles && findFormat(file) !== undefined;
      const reason = `only the first ${limits.maxFiles} attachments are opened`;
      const leftMs = Math.ceil(end - performance.now());
      const read = isOver ? notRead(reason) : await readOne(file, room, leftMs);
      room -= read.text.length;
      texts.push(read);
    }
    return texts;
  }

  return {
    async read(files, signal) {
      if (files.length === 0) return [];
      const read = await runInTime(slots, () => readAll(files), limits.maxWaitMs, signal);
      return read ?? files.map(() => notRead('not read: too much else was being read'));
    },
    close: () => opener.close(),
  };
}

function refuse(
  file: AttachmentFile,
  limits: AttachmentLimits,
  room: number,
  leftMs: number,
): string | undefined {
  if (findFormat(file) === undefined) return 'of a kind that is not read';
  if (file.bytes.length === 0) return 'empty';
  if (file.bytes.length > limits.maxFileBytes) return `over ${limits.maxFileBytes} bytes`;
  if (leftMs < MIN_LEFT_MS)
    return `not read: over ${limits.maxTotalMs / 1000} s for the attachments before it`;
  return room <= 0 ? `over ${limits.maxTotalChars} characters in the attachments before it` : undefined;
}

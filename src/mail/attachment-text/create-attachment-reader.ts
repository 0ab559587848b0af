import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { AttachmentText } from '../../domain/message.ts';
import { createSlots } from '../reader/create-slots.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { AttachmentAnswer, AttachmentTask } from './attachment-worker.ts';
import { findFormat } from './find-format.ts';
import { readPictureSize } from './picture-size.ts';

/** Reads what is attached, off the main thread. Never throws for a file; `close` ends its workers. */
export interface AttachmentReader {
  /** One answer for each file, in order. */
  read(files: readonly AttachmentFile[]): Promise<AttachmentText[]>;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;
const MAX_START_MS = 10_000;
/** With less no file is begun. */
const MIN_LEFT_MS = 5;

/** Workers start with the first file and end when none comes for half a minute; idle ones do not hold the process. */
export function createAttachmentReader(limits: AttachmentLimits, threads = 1): AttachmentReader {
  const pool = new Piscina<AttachmentTask, AttachmentAnswer>({
    filename: workerFile(),
    // The flags of a test runner are not those of a worker.
    execArgv: [],
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  });

  const slots = createSlots(threads);

  async function readOne(file: AttachmentFile, room: number, leftMs: number): Promise<AttachmentText> {
    const refusal = refuse(file, limits, room, leftMs);
    if (refusal !== undefined) return { text: '', truncated: false, reason: refusal };
    const maxChars = Math.min(limits.maxChars, room);
    const maxMs = Math.min(limits.maxMs, leftMs);
    const signal = AbortSignal.timeout(maxMs);
    const { text, reason } = await pool
      .run({ file, limits: { ...limits, maxChars } }, { signal })
      // An aborted task and a worker out of memory are ended by the pool, which starts another.
      .catch(() => ({ text: '', reason: failure(signal, maxMs) }));
    const isCut = text.length > maxChars;
    return {
      text: isCut ? withoutHalf(text.slice(0, maxChars)) : text,
      truncated: isCut || (reason !== undefined && text !== ''),
      reason: isCut ? `only the first ${maxChars} characters` : reason,
    };
  }

  async function readAll(files: readonly AttachmentFile[]): Promise<AttachmentText[]> {
    await startThread(pool, limits);
    const texts: AttachmentText[] = [];
    const end = performance.now() + limits.maxTotalMs;
    let room = limits.maxTotalChars;
    const counts = { files: 0, pictures: 0 };
    for (const file of files) {
      const isPicture = findFormat(file) === 'picture';
      const count = isPicture ? ++counts.pictures : ++counts.files;
      const most = isPicture ? limits.maxPictures : limits.maxFiles;
      const isOver = count > most && findFormat(file) !== undefined;
      const reason = `only the first ${most} ${isPicture ? 'pictures' : 'attachments'} are opened`;
      const leftMs = Math.ceil(end - performance.now());
      const read = isOver ? { text: '', truncated: false, reason } : await readOne(file, room, leftMs);
      room -= read.text.length;
      texts.push(read);
    }
    return texts;
  }

  return {
    // One message at a time for each thread: a file's time does not run while another message's is read.
    read: (files) => slots.run(() => readAll(files)),
    close: () => pool.destroy(),
  };
}

/** A thread takes up to seconds to start, which is no time of a file. A start that fails shows with the first file. */
async function startThread(
  pool: Piscina<AttachmentTask, AttachmentAnswer>,
  limits: AttachmentLimits,
): Promise<void> {
  const file = { filename: 'start.txt', contentType: 'text/plain', bytes: new Uint8Array() };
  const signal = AbortSignal.timeout(MAX_START_MS);
  await pool.run({ file, limits }, { signal }).catch(() => undefined);
}

function refuse(
  file: AttachmentFile,
  limits: AttachmentLimits,
  room: number,
  leftMs: number,
): string | undefined {
  if (findFormat(file) === undefined) return 'of a kind that is not read';
  if (file.bytes.length === 0) return 'empty';
  if (tooManyPixels(file, limits)) return `over ${limits.maxPixels} pixels`;
  if (file.bytes.length > limits.maxFileBytes) return `over ${limits.maxFileBytes} bytes`;
  if (leftMs < MIN_LEFT_MS)
    return `not read: over ${limits.maxTotalMs / 1000} s for the attachments before it`;
  return room <= 0 ? `over ${limits.maxTotalChars} characters in the attachments before it` : undefined;
}

function tooManyPixels(file: AttachmentFile, { maxPixels }: AttachmentLimits): boolean {
  const size = findFormat(file) === 'picture' ? readPictureSize(file.bytes) : undefined;
  return size !== undefined && size.width * size.height > maxPixels;
}

function failure(signal: AbortSignal, maxMs: number): string {
  return signal.aborted
    ? `took longer than ${maxMs / 1000} s`
    : 'its reader failed, as with too little memory';
}

function withoutHalf(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

/** Beside this file; see source-worker.mjs for a start from the sources. */
function workerFile(): string {
  const name = import.meta.url.endsWith('.ts') ? 'source-worker.mjs' : 'attachment-worker.js';
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}

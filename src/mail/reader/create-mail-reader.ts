import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ServiceError } from '../../domain/service-error.ts';
import type { AttachmentLimits } from '../attachment-text/attachment-limits.ts';
import { createAttachmentReader } from '../attachment-text/create-attachment-reader.ts';
import { withAttachmentTexts } from '../attachment-text/with-attachment-texts.ts';
import type { ReadLimits } from '../parse/read-limits.ts';
import { createSlots } from './create-slots.ts';
import type { ThreadAnswer, ThreadTask } from './read-in-thread.ts';
import { type MailReading, readMail } from './read-mail.ts';
import { readStart } from './read-start.ts';

export interface MailReaderOptions {
  readonly limits: ReadLimits;
  readonly attachments: AttachmentLimits;
  readonly threads: number;
  /** Of one mail, its wait for a thread not counted. */
  readonly maxMs: number;
  /** Sources up to this size are read at once in the thread that asks. */
  readonly inlineBytes: number;
  /** Megabytes of heap of a thread. */
  readonly maxHeapMb: number;
}

export interface MailReader {
  /**
   * Throws `ServiceError('InvalidInput')` for bytes that are no mail. What meets a limit is read as far as it goes. Rejects when the
   * signal aborts its wait for a thread.
   */
  read(raw: Uint8Array, signal?: AbortSignal): Promise<Omit<MailReading, 'files'>>;
  /** Ends the threads; what they read meanwhile fails. */
  close(): Promise<void>;
}

/** In a build this file is JavaScript; from the sources the thread must load its TypeScript by itself. */
const JOB = import.meta.url.endsWith('.ts') ? './read-in-thread-from-sources.mjs' : './read-in-thread.js';
const IDLE_MS = 60_000;

/**
 * Reads big mails in threads of their own, for they would hold up the SDK's thread, and small ones at once: a thread
 * costs 0.4-1.2 ms a mail for the copies there and back (two cores), and half of all mails are read in 0.5 ms.
 */
export function createMailReader(options: MailReaderOptions): MailReader {
  const pool = new Piscina<ThreadTask, ThreadAnswer>({
    filename: fileURLToPath(new URL(JOB, import.meta.url)),
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb },
    execArgv: [],
  });
  // What fails fails its mail, which says so; without a listener it would end the process.
  pool.on('error', () => undefined);
  const slots = createSlots(options.threads);
  // In threads of their own: a file that ends its thread must not take the mail around it along.
  const attachments = createAttachmentReader(options.attachments, options.threads);
  return {
    async read(raw, signal) {
      const { view, facts, files } =
        raw.byteLength <= options.inlineBytes
          ? readMail(raw, options.limits)
          : await slots.run(() => readApart(pool, raw, options), signal);
      return { view: await withAttachmentTexts(view, files, attachments, signal), facts };
    },
    async close() {
      await Promise.all([pool.destroy(), attachments.close()]);
    },
  };
}

async function readApart(
  pool: Piscina<ThreadTask, ThreadAnswer>,
  raw: Uint8Array,
  { limits, maxMs }: MailReaderOptions,
): Promise<MailReading> {
  const signal = AbortSignal.timeout(maxMs);
  try {
    const answer = await pool.run({ raw, limits }, { signal });
    if ('reading' in answer) return answer.reading;
    const { message, fix, details } = answer.refusal;
    throw new ServiceError('InvalidInput', message, { ...(fix !== undefined && { fix }), details });
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    // The pool has ended the thread and starts another for the next mail.
    if (signal.aborted) {
      const reason = `over ${maxMs / 1000} s to read, only the start was read`;
      return readStart(raw, limits, reason);
    }
    if (hasCode(error, 'ERR_WORKER_OUT_OF_MEMORY')) {
      const reason = 'too much memory needed to read it, only the start was read';
      return readStart(raw, limits, reason);
    }
    throw new ServiceError('Internal', 'A thread that reads mail failed', {
      fix: 'Look at its cause in the log; an incomplete installation has no file for the threads.',
      cause: error,
    });
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { AttachmentText } from '../../domain/message.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { AttachmentAnswer, AttachmentTask } from './attachment-worker.ts';

/** What one file may take. */
export interface Allowance {
  readonly maxChars: number;
  readonly maxMs: number;
}

/** Opens single files in threads of its own, which start with the first and end when none comes for half a minute. */
export interface FileOpener {
  /** A thread takes up to seconds to start, which is no time of a file. A start that fails shows with the file. */
  start(maxMs: number): Promise<void>;
  /** Never rejects: what a file does to its thread is the reason that it has no text. */
  open(file: AttachmentFile, allowance: Allowance): Promise<AttachmentText>;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;

/** `first` is opened in a new thread before anything else, so that it loads what its kind of files needs. */
export function createFileOpener(
  limits: AttachmentLimits,
  threads: number,
  first: AttachmentFile,
): FileOpener {
  const pool = new Piscina<AttachmentTask, AttachmentAnswer>({
    filename: workerFile(),
    // The flags of a test runner are not those of a worker.
    execArgv: [],
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  });
  // What fails fails its file, which says so; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    async start(maxMs) {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(maxMs)));
      await pool.run({ file: first, limits }, { signal }).catch(() => undefined);
    },
    async open(file, { maxChars, maxMs }) {
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
    },
    close: () => pool.destroy(),
  };
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

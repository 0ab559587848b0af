import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ServiceError } from '../../domain/service-error.ts';
import type { LabelMeaning } from './meaning/add-meaning.ts';
import type { TrainingAnswer, TrainingRow, TrainingTask } from './train-in-thread.ts';

export interface Trainer {
  /**
   * The same rows in the same order give the same model. `fallback` is the label of what belongs to no other. Rejects
   * with `ServiceError('Internal')`.
   */
  train(
    rows: readonly TrainingRow[],
    options?: {
      readonly fallback?: string | undefined;
      readonly names?: readonly LabelMeaning[];
      readonly targetError?: number | undefined;
    },
  ): Promise<TrainingAnswer>;
  /** Ends the thread; what it trains meanwhile fails. */
  close(): Promise<void>;
}

/** In a build this file is JavaScript; from the sources the thread must load its TypeScript by itself. */
const JOB = import.meta.url.endsWith('.ts') ? './train-in-thread-from-sources.mjs' : './train-in-thread.js';
const IDLE_MS = 10_000;
/** Seconds are usual; a machine under load may need many times that. */
const MAX_MS = 15 * 60_000;
const MAX_HEAP_MB = 1536;
const SEED = 1;

/** Trains in one thread of its own, one model after another: seconds of computing would hold up the SDK's thread. */
export function createTrainer(): Trainer {
  const pool = new Piscina<TrainingTask, TrainingAnswer>({
    filename: fileURLToPath(new URL(JOB, import.meta.url)),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    execArgv: [],
  });
  // What fails rejects its training; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    async train(rows, { fallback, names = [], targetError } = {}) {
      try {
        const task = { rows, seed: SEED, fallback, names, targetError };
        return await pool.run(task, { signal: AbortSignal.timeout(MAX_MS) });
      } catch (cause) {
        throw new ServiceError('Internal', `Training on ${rows.length} rows failed`, {
          fix: 'Its cause says more; decisions go on with what was learned before.',
          cause,
        });
      }
    },
    close: () => pool.destroy(),
  };
}

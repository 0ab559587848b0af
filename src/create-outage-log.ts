import type { Logger } from 'pino';
import type { AnswerLevelName } from './analysis/cache/answer-level.ts';

/** An outage ends with the first answer after so long without a failure: a level that only fails to save goes on failing. */
const QUIET_MS = 60_000;

export interface OutageLog {
  failed(level: AnswerLevelName, error: unknown): void;
  answered(level: AnswerLevelName): void;
}

/** Says once that a level of the kept answers is out, however many lookups it fails, and once that it is back. */
export function createOutageLog(logger: Pick<Logger, 'warn' | 'info'>, now = Date.now): OutageLog {
  const lastFailure = new Map<AnswerLevelName, number>();
  return {
    failed(level, error) {
      if (!lastFailure.has(level)) {
        logger.warn(
          { cache: level, err: error },
          'A level of the kept answers is out; mail goes on without it',
        );
      }
      lastFailure.set(level, now());
    },
    answered(level) {
      const failedAt = lastFailure.get(level);
      if (failedAt === undefined || now() - failedAt < QUIET_MS) return;
      lastFailure.delete(level);
      logger.info({ cache: level }, 'A level of the kept answers is back');
    },
  };
}

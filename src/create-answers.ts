import type { Logger } from 'pino';
import type { ModelAnswerStore } from '../db/model-answer-store.ts';
import type { AnswerCache } from './analysis/cache/answer-cache.ts';
import type { AnswerLevelName, AnswerLookup } from './analysis/cache/answer-level.ts';
import { createAnswerCache } from './analysis/cache/create-answer-cache.ts';
import { createMemoryLevel } from './analysis/cache/create-memory-level.ts';
import { createRedisVault } from './analysis/cache/create-redis-vault.ts';
import { createSealedLevel } from './analysis/cache/create-sealed-level.ts';
import { createOutageLog } from './create-outage-log.ts';
import type { Sealer } from './security/seal.ts';

export interface AnswerCount {
  readonly level: AnswerLevelName;
  readonly lookup: AnswerLookup;
  readonly count: number;
}

/** The kept answers of models, and how often each level had one. */
export interface Answers {
  readonly cache: AnswerCache;
  counts(): readonly AnswerCount[];
  close(): void;
}

export interface AnswerParts {
  readonly redisUrl: string | undefined;
  readonly modelAnswers: ModelAnswerStore;
  readonly sealer: Sealer;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** Memory, then Redis when there is one, then Postgres. */
export function createAnswers({ redisUrl, modelAnswers, sealer, logger }: AnswerParts): Answers {
  const redis = redisUrl === undefined ? undefined : createRedisVault({ url: redisUrl });
  const levels = [
    createMemoryLevel(),
    ...(redis === undefined ? [] : [createSealedLevel('redis', redis, sealer)]),
    createSealedLevel('postgres', modelAnswers, sealer),
  ];
  const outages = createOutageLog(logger);
  const counts = new Map<string, AnswerCount>();
  const cache = createAnswerCache(levels, (level, lookup, error) => {
    const id = `${level} ${lookup}`;
    counts.set(id, { level, lookup, count: (counts.get(id)?.count ?? 0) + 1 });
    if (lookup === 'failure') outages.failed(level, error);
    else outages.answered(level);
  });
  return {
    cache,
    counts: () => [...counts.values()],
    close: () => redis?.close(),
  };
}

import { Redis } from 'ioredis';
import type { AnswerVault } from './create-sealed-level.ts';

const PREFIX = '{mailroom}:answer:';
/** The keys by the time they were written, to drop the oldest; same slot as the answers. */
const INDEX = '{mailroom}:answers';
const KEPT_SECONDS = 3600;
const MOST = 10_000;
/** Waiting longer than this for a cache is not worth it. */
const COMMAND_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface RedisVault extends AnswerVault {
  close(): void;
}

export interface RedisVaultOptions {
  readonly url: string;
  readonly most?: number;
}

/** Answers in Redis, for an hour, at most 10,000 of them. Connects with the first question, and again after an outage. */
export function createRedisVault({ url, most = MOST }: RedisVaultOptions): RedisVault {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: COMMAND_MS,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 500, LONGEST_PAUSE_MS),
  });
  // Every command reports its own failure; without a listener the client prints the outage.
  redis.on('error', () => undefined);

  return {
    async find(key) {
      return (await redis.getBuffer(PREFIX + key)) ?? undefined;
    },

    async save(key, sealed) {
      await redis.set(PREFIX + key, Buffer.from(sealed), 'EX', KEPT_SECONDS);
      await redis.zadd(INDEX, Date.now(), key);
      await redis.expire(INDEX, KEPT_SECONDS);
      const surplus = (await redis.zcard(INDEX)) - most;
      if (surplus <= 0) return;
      const popped = await redis.zpopmin(INDEX, surplus);
      // Members and scores take turns.
      const oldest = popped.filter((_, index) => index % 2 === 0);
      if (oldest.length > 0) await redis.del(...oldest.map((old) => PREFIX + old));
    },

    close: () => redis.disconnect(),
  };
}

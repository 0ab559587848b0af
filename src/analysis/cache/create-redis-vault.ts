import type { Redis } from 'ioredis';
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
  let client: Promise<Redis> | undefined;
  const open = () => (client ??= createClient(url));

  return {
    async find(key) {
      const redis = await open();
      return (await redis.getBuffer(PREFIX + key)) ?? undefined;
    },

    async save(key, sealed) {
      const redis = await open();
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

    close: () => void client?.then((redis) => redis.disconnect()),
  };
}

/** Loaded here: every process of ours has this file, and few of them a Redis. */
async function createClient(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: COMMAND_MS,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 500, LONGEST_PAUSE_MS),
  });
  // Every command reports its own failure; without a listener the client prints the outage.
  redis.on('error', () => undefined);
  return redis;
}

import { LRUCache } from 'lru-cache';
import type { AnswerLevel } from './answer-level.ts';

const MOST = 500;
const KEPT_MS = 30 * 60_000;

/** The nearest level: within this process, gone with it. */
export function createMemoryLevel(): AnswerLevel {
  const kept = new LRUCache<string, string>({ max: MOST, ttl: KEPT_MS });
  return {
    name: 'memory',
    find: async (key) => kept.get(key),
    async save(key, answer) {
      kept.set(key, answer);
    },
  };
}

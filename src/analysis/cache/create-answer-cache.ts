import { isBudgetSpent } from '../../domain/model-budget.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { AnswerLevel, AnswerLevelName, AnswerLookup } from './answer-level.ts';

interface Flight {
  readonly signal: AbortSignal;
  readonly answer: Promise<string>;
}

export type NoteLookup = (level: AnswerLevelName, lookup: AnswerLookup, error?: unknown) => void;

/**
 * Looks through the levels, nearest first, and hands what a farther one has to the nearer ones. A level that fails is
 * passed over and noted: a cache that is away costs a call, never a mail.
 */
export function createAnswerCache(levels: readonly AnswerLevel[], note: NoteLookup): AnswerCache {
  const flights = new Map<string, Flight>();

  async function find(level: AnswerLevel, key: string): Promise<string | undefined> {
    try {
      const answer = await level.find(key);
      note(level.name, answer === undefined ? 'miss' : 'hit');
      return answer;
    } catch (error) {
      note(level.name, 'failure', error);
      return undefined;
    }
  }

  async function save(to: readonly AnswerLevel[], key: string, answer: string): Promise<void> {
    const saves = await Promise.allSettled(to.map((level) => level.save(key, answer)));
    for (const [index, { name }] of to.entries()) {
      const saved = saves[index];
      if (saved?.status === 'rejected') note(name, 'failure', saved.reason);
    }
  }

  async function findOrMake(key: string, make: () => Promise<string>): Promise<string> {
    for (const [index, level] of levels.entries()) {
      const answer = await find(level, key);
      if (answer === undefined) continue;
      await save(levels.slice(0, index), key, answer);
      return answer;
    }
    const answer = await make();
    await save(levels, key, answer);
    return answer;
  }

  return {
    async fetch(key, signal, make) {
      for (let flight = flights.get(key); flight !== undefined; flight = flights.get(key)) {
        try {
          return await untilAborted(flight.answer, signal);
        } catch (error) {
          signal.throwIfAborted();
          // Whoever asked first gave up, or could not pay: that says nothing about the answer.
          if (!flight.signal.aborted && !isBudgetSpent(error)) throw error;
          if (flights.get(key) === flight) flights.delete(key);
        }
      }
      const flight = { signal, answer: findOrMake(key, make) };
      flights.set(key, flight);
      try {
        return await flight.answer;
      } finally {
        if (flights.get(key) === flight) flights.delete(key);
      }
    },
  };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const done = () => signal.removeEventListener('abort', stop);
    void work.then(resolve, reject).then(done, done);
  });
}

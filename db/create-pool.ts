import postgres from 'postgres';
import { isConnectionLost, readCode } from './to-service-error.ts';

/** Inserts of many rows have another text for each count, and each stays in the server's memory once prepared. */
const MAX_PREPARED_PARAMETERS = 60;
/** A statement may take half a minute, and wait for its turn before. */
const ANSWER_MS = 90_000;
/** For what is under way in a pool that was replaced; as long as a process that ends waits for its own. */
const LEFT_SECONDS = 5;
/** Nobody was there: no connection that could be left in the middle. */
const NEVER_THERE = new Set(['ECONNREFUSED', 'ENOTFOUND']);

type Unsafe = postgres.Sql['unsafe'];
type Begin = (work: (tx: postgres.TransactionSql) => Promise<unknown>) => Promise<unknown>;

/** What postgres.js settles a query with; undocumented. */
interface Settled {
  resolve(result: { readonly command: string | null }): void;
  reject(error: unknown): void;
}

/**
 * The pool of postgres.js, and a new one as soon as a connection is lost. In 3.4.9 a lost connection keeps what it was
 * about to send and its last query: it then sends nothing any more, answers one query with the result of another, or
 * has a statement of a dead transaction run in the next one (porsager/postgres#1209, #1215, #1216).
 */
export function createPool(url: string, options: postgres.Options<Record<string, postgres.PostgresType>>) {
  const first = postgres(url, options) as postgres.Sql;
  let current = first;
  let ended = false;

  function replaceIfLost(pool: postgres.Sql, error: unknown): void {
    if (pool !== current || ended || !isConnectionLost(error) || NEVER_THERE.has(readCode(error))) return;
    // The same options, not equal ones: drizzle put its own way with JSON and dates into them.
    current = postgres(first.options as never);
    void pool.end({ timeout: LEFT_SECONDS });
  }

  /** Notices at once when the connection is lost, before whoever asked hears of it and asks again. */
  function watch<Q>(pool: postgres.Sql, query: Q, timer?: NodeJS.Timeout): Q {
    const settled = query as Q & Settled;
    const { resolve, reject } = settled;
    settled.resolve = (result) => {
      // It was never sent: another one's end was taken for its own.
      if (result.command === null) return settled.reject(toLost('Not sent'));
      clearTimeout(timer);
      resolve(result);
    };
    settled.reject = (error) => {
      clearTimeout(timer);
      replaceIfLost(pool, error);
      reject(error);
    };
    return query;
  }

  /** drizzle tells `unsafe` not to prepare: a round trip more for each statement, parsed and planned anew each time. */
  function ask(pool: postgres.Sql, unsafe: Unsafe): Unsafe {
    return ((query: string, parameters: never[] = [], settings: postgres.UnsafeQueryOptions = {}) => {
      const prepare = parameters.length <= MAX_PREPARED_PARAMETERS;
      const asked = unsafe(query, parameters, { ...settings, prepare });
      const expire = () => (asked as unknown as Settled).reject(toLost('No answer'));
      return watch(pool, asked, setTimeout(expire, ANSWER_MS).unref());
    }) as Unsafe;
  }

  async function begin(work: Parameters<Begin>[0]): Promise<unknown> {
    const pool = current;
    let timer: NodeJS.Timeout | undefined;
    const begun = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(toLost('No answer')), ANSWER_MS).unref();
    });
    const whole = (pool.begin as Begin)((tx) => {
      clearTimeout(timer);
      tx.unsafe = ask(pool, tx.unsafe.bind(tx)) as typeof tx.unsafe;
      return work(tx).catch((error: unknown) => {
        // A rollback would be written to a connection that is gone, which ends the process (porsager/postgres#1208).
        if (isConnectionLost(error)) return new Promise(() => undefined);
        throw error;
      });
    });
    try {
      return await Promise.race([whole, begun]);
    } catch (error) {
      replaceIfLost(pool, error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  const own = {
    begin,
    unsafe: ((...asked: Parameters<Unsafe>) =>
      ask(current, current.unsafe.bind(current))(...asked)) as Unsafe,
    end: (how?: { timeout?: number }) => {
      ended = true;
      return current.end(how);
    },
  };
  return new Proxy(first, {
    apply: (_, __, asked: Parameters<typeof first>) => {
      const made: unknown = current(...asked);
      return made instanceof Promise ? watch(current, made) : made;
    },
    get: (_, key) => (Object.hasOwn(own, key) ? own[key as keyof typeof own] : Reflect.get(current, key)),
  });
}

/** As postgres.js says it of a connection that was closed. */
function toLost(words: string): Error {
  return Object.assign(new Error(words), { code: 'CONNECTION_CLOSED' });
}

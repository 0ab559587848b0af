/** Keeps what models answered. `make` runs only when no level has it, and once however many ask at the same time. */
export interface AnswerCache {
  fetch(key: string, signal: AbortSignal, make: () => Promise<string>): Promise<string>;
}

/** Asks anew each time. */
export const NO_CACHE: AnswerCache = { fetch: (_key, _signal, make) => make() };

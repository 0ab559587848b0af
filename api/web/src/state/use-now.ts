import { useSyncExternalStore } from 'react';

interface Clock {
  get(): number;
  subscribe(listener: () => void): () => void;
}

const clocks = new Map<number, Clock>();

/** The time, again every `everyMs`. All that ask for the same pace share one timer, so a list ages as one. */
export function useNow(everyMs: number): number {
  const clock = clocks.get(everyMs) ?? createClock(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.get);
}

function createClock(everyMs: number): Clock {
  let now = Date.now();
  let timer: number | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const clock: Clock = {
    get: () => now,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = window.setInterval(tick, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        window.clearInterval(timer);
        timer = undefined;
      };
    },
  };
  clocks.set(everyMs, clock);
  return clock;
}

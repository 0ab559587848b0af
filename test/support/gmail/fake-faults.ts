export const FAULTS = [
  '429',
  '403',
  '500',
  '503',
  '401',
  'reset',
  'cut',
  'html',
  'scope',
  'policy',
  'html404',
  'empty',
] as const;
/** A status; scope: the token may not do it; policy: the domain's administrator forbids it; reset: the connection ends unanswered; cut: it is done and the answer is torn; html, html404: a proxy's page; empty: 200 without a body. */
export type Fault = (typeof FAULTS)[number];

export type FaultRates = Partial<Record<Fault, number>>;

export type FaultPlan = ReturnType<typeof createFaultPlan>;

/** Which requests go wrong: those scripted first, then by chance from a seed. */
export function createFaultPlan() {
  let rates: FaultRates = {};
  let state = 1;
  let scripted: (Fault | 'none')[] = [];
  const counts: Partial<Record<Fault, number>> = {};

  /** A small generator of 32 bits (xorshift): the same seed, the same faults. */
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const pick = (): Fault | undefined => {
    const next = scripted.shift();
    if (next !== undefined) return next === 'none' ? undefined : next;
    let roll = random();
    for (const fault of FAULTS) {
      roll -= rates[fault] ?? 0;
      if (roll < 0) return fault;
    }
    return undefined;
  };

  return {
    random,
    counts,
    set(next: FaultRates, seed = 1) {
      rates = next;
      state = seed | 0 || 1;
    },
    /** What happens to the next requests, in this order. */
    script(...next: (Fault | 'none')[]) {
      scripted = [...next];
    },
    next(): Fault | undefined {
      const fault = pick();
      if (fault !== undefined) counts[fault] = (counts[fault] ?? 0) + 1;
      return fault;
    },
  };
}

import { type FakeAnswer, refuse } from './fake-answer.ts';

export const FAULTS = ['throttle', 'unavailable', 'error', 'reset', 'expired'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultPlan {
  readonly seed?: number;
  /** Chance of each fault for one request, from 0 to 1. `expired` only meets requests with a delta token. */
  readonly rates?: Partial<Record<Fault, number>>;
  /** Chance that one part of a batch is throttled or unavailable. */
  readonly partRate?: number;
  /** Chances that a notification is sent twice, or not at all. */
  readonly doubled?: number;
  readonly dropped?: number;
  readonly retryAfterSeconds?: number;
  /** Faults of the next requests whose method and path hold `match`, in order, before any chance. */
  readonly script?: readonly { readonly fault: Fault; readonly match?: string; readonly part?: boolean }[];
}

export type FakeFaults = ReturnType<typeof createFakeFaults>;

/** Faults by a seed or by a script; counted by kind. */
export function createFakeFaults() {
  let plan: FaultPlan = {};
  let script: NonNullable<FaultPlan['script']> = [];
  let state = 1;
  const counts = new Map<string, number>();

  /** mulberry32: the same seed, the same faults. */
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const count = (kind: string) => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const chance = (rate: number | undefined) => rate !== undefined && rate > 0 && random() < rate;
  const take = (line: string, part: boolean): Fault | undefined => {
    const at = script.findIndex((step) => (step.part ?? false) === part && line.includes(step.match ?? ''));
    const step = script[at];
    if (step === undefined) return undefined;
    script = script.filter((_, index) => index !== at);
    return step.fault;
  };

  return {
    plan(next: FaultPlan): void {
      plan = next;
      script = next.script ?? [];
      state = next.seed ?? 1;
    },
    counts: () => Object.fromEntries(counts),
    /** The fault of a request, `GET /users/...`. */
    next(line: string, hasToken: boolean): Fault | undefined {
      const scripted = take(line, false);
      const fault =
        scripted ?? FAULTS.find((kind) => (kind !== 'expired' || hasToken) && chance(plan.rates?.[kind]));
      if (fault !== undefined) count(fault);
      return fault;
    },
    nextPart(line: string): Fault | undefined {
      const scripted = take(line, true);
      const fault =
        scripted ?? (chance(plan.partRate) ? (random() < 0.5 ? 'throttle' : 'unavailable') : undefined);
      if (fault !== undefined) count(`part-${fault}`);
      return fault;
    },
    /** How often a notification is sent. */
    copies(): number {
      if (chance(plan.dropped)) {
        count('dropped');
        return 0;
      }
      if (!chance(plan.doubled)) return 1;
      count('doubled');
      return 2;
    },
    toAnswer(fault: Exclude<Fault, 'reset'>): FakeAnswer {
      const later = { 'retry-after': String(plan.retryAfterSeconds ?? 1) };
      if (fault === 'throttle') {
        return refuse(
          429,
          'ApplicationThrottled',
          'Application is over its MailboxConcurrency limit.',
          later,
        );
      }
      if (fault === 'unavailable') return refuse(503, 'ServiceUnavailable', 'The service is busy.', later);
      if (fault === 'expired') return refuse(410, 'SyncStateNotFound', 'The sync state is not found.');
      return refuse(500, 'InternalServerError', 'An internal server error occurred.');
    },
  };
}

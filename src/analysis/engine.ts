import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Reading,
  Summary,
} from '../domain/analysis.ts';
import type { Arrival } from '../domain/answer-time.ts';
import type { MessageView } from '../domain/message.ts';
import type { Learned } from './learned/learned.ts';

/** What is told of a message beside its category, and depends on it. */
export type Further = Pick<Classification, 'labels' | 'needsAction' | 'needsActionReasons'>;

/** Who pays for a call. A reading that costs nothing, kept or made in this process, asks for neither. */
export interface Spend {
  /** Before each call, with about what it will take. Throws `budgetSpent` when nothing is left. */
  reserve(tokens: number): Promise<Charge>;
}

/**
 * After the call, with what it took, even when the answer was of no use; undefined: nobody can tell, the estimate counts.
 * Never rejects: where it cannot be written down the estimate counts, and the answer is not lost with it.
 */
export type Charge = (tokens: number | undefined) => Promise<void>;

/** The port of everything that decides. `analyse` throws `ServiceError`; it changes nothing outside but its `spend`. */
export interface Engine {
  readonly provenance: Provenance;
  analyse(view: MessageView, signal: AbortSignal, spend?: Spend): Promise<Reading>;
}

/** Several engines, of which the first that can answers. `analyse` throws `ServiceError` when none can. */
export interface ModelPanel {
  readonly engines: readonly string[];
  /** With the provenance of the engine that answered. */
  analyse(
    view: MessageView,
    signal: AbortSignal,
    spend?: Spend,
  ): Promise<{ readonly reading: Reading; readonly provenance: Provenance }>;
}

/**
 * The engine that is always there: in-process, milliseconds, no key. Its steps can be called one by one. `learned` is
 * what the account was taught; without it the rules decide alone.
 */
export interface LocalEngine extends Engine {
  classify(view: MessageView, learned?: Learned): Classification;
  /** What else it wants, and whether somebody waits, were this its category. */
  judgeFurther(view: MessageView, category: string): Further;
  prioritize(view: MessageView, classification: Classification, learned?: Learned): PriorityDecision;
  /** The priority of a message that is to be answered in time, by its category; without a time as it was. */
  hurry(
    view: MessageView,
    decided: Pick<Reading, 'classification' | 'priority'>,
    arrival: Arrival,
  ): PriorityDecision;
  /** What made a decision that was helped by what the account was taught. */
  provenanceWith(learned: Learned | undefined): Provenance;
  summarize(view: MessageView): Summary;
  /** Numbers, amounts and dates, the mood, and what to do next; `classification` may be another engine's. */
  assess(view: MessageView, classification: Classification): Findings;
}

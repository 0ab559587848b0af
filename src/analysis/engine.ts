import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Reading,
  Summary,
} from '../domain/analysis.ts';
import type { MessageView } from '../domain/message.ts';

/** The port of everything that decides. `analyse` throws `ServiceError`; it has no side effects. */
export interface Engine {
  readonly provenance: Provenance;
  analyse(view: MessageView, signal: AbortSignal): Promise<Reading>;
}

/** The engine that is always there: in-process, milliseconds, no key. Its steps can be called one by one. */
export interface LocalEngine extends Engine {
  classify(view: MessageView): Classification;
  prioritize(view: MessageView, classification: Classification): PriorityDecision;
  summarize(view: MessageView): Summary;
  /** Numbers, amounts and dates, the mood, and what to do next; `classification` may be another engine's. */
  assess(view: MessageView, classification: Classification): Findings;
}

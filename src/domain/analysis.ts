import type { AnswerTimeBy } from './answer-time.ts';
import type { Priority } from './priority.ts';

/** One readable ground of a decision. `weight` is its share of the score, negative when it speaks against. */
export interface Reason {
  readonly text: string;
  readonly weight: number;
}

/** From which confidence on a decision counts as sure, as it was measured on rows that the model had not seen. */
export interface SureFrom {
  /** 0 to 1; 1 where no choice of rows was right often enough: then nothing is sure. */
  readonly threshold: number;
  /** The share of wrong decisions that was allowed among the sure ones, 0 to 1. */
  readonly targetError: number;
  /** The share that was wrong among the sure ones. */
  readonly error: number;
  /** The share of all rows that the model was sure of. */
  readonly coverage: number;
  /** How many were measured. */
  readonly rows: number;
}

export interface Classification {
  /** A category id of the taxonomy in force; `other` when nothing fits. */
  readonly category: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  /** The next best categories, best first. */
  readonly alternatives: readonly { readonly category: string; readonly confidence: number }[];
  /** Further categories that it belongs to as well, best first; absent: none. */
  readonly labels?: readonly { readonly category: string; readonly confidence: number }[];
  /** Somebody waits for us to do something; absent: not judged. */
  readonly needsAction?: boolean;
  /** Why it does, or does not; absent: whoever judged gave no reason. */
  readonly needsActionReasons?: readonly Reason[];
  /** Absent: nothing was measured, and the threshold of the configuration counts. */
  readonly sureFrom?: SureFrom;
  /** Which rule of the operator makes it worth a second read; absent: none does. */
  readonly important?: string;
  /** Why no machine may end this alone; absent: it may. */
  readonly needsPerson?: string;
}

export interface PriorityDecision {
  readonly priority: Priority;
  readonly reasons: readonly Reason[];
  /** ISO 8601: until when somebody is to answer; absent: nobody set a time. */
  readonly answerDue?: string;
  /** What set that time; absent: nothing, or an earlier version did not say. */
  readonly answerDueBy?: AnswerTimeBy;
  /** A rule of the operator gave it: no other reason moves it. */
  readonly isSettled?: true;
  /** 0 to 1, by what the account was taught; absent: the rules alone decided, which give no probability. */
  readonly confidence?: number;
  /** Absent: nothing was measured. */
  readonly sureFrom?: SureFrom;
  /** Why a person has to choose; absent: nobody has to. */
  readonly needsPerson?: string;
  /** Only because the one reader is unsure, not because two disagree. */
  readonly isUnsure?: true;
}

/**
 * Why no machine may answer the message alone; undefined: it may. No answer depends on how pressing it is: being unsure of
 * that alone does not count, but two reads that disagree do, which is a sign that one of them misread it.
 */
export function whyPerson({
  classification,
  priority,
}: {
  readonly classification: Pick<Classification, 'needsPerson'>;
  readonly priority: Pick<PriorityDecision, 'needsPerson' | 'isUnsure'>;
}): string | undefined {
  const why = [classification.needsPerson, priority.isUnsure ? undefined : priority.needsPerson];
  const given = why.filter((one) => one !== undefined);
  return given.length === 0 ? undefined : given.join('; ');
}

/** A place in a message. UTF-16 offsets into that text of the view; `text` is used when the answers stand between quotes. */
export interface SourceSpan {
  readonly in: 'subject' | 'visibleText' | 'text';
  readonly start: number;
  readonly end: number;
}

export interface SummaryPoint {
  readonly text: string;
  /** The sentence it comes from; undefined when a model's point has none that bears it out. */
  readonly from: SourceSpan | undefined;
}

export interface Summary {
  /** One line, at most 160 characters, in the message's language. */
  readonly line: string;
  /** Up to five, in the order of the message; each is a sentence of it or built from one. */
  readonly points: readonly SummaryPoint[];
}

export const ENTITY_KINDS = ['order', 'invoice', 'ticket', 'amount', 'date', 'deadline'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Something named in a message that another system can look up or a person has to keep. */
export interface Entity extends SourceSpan {
  readonly kind: EntityKind;
  /** As it was written. */
  readonly text: string;
  /** `4711`; `1234.56 EUR`; an ISO date, or an ISO instant when hours count. Empty when the mail has no date to count from. */
  readonly value: string;
}

export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const;

export interface Sentiment {
  /** -1 (furious) to 1 (delighted). */
  readonly score: number;
  readonly label: (typeof SENTIMENTS)[number];
  readonly reasons: readonly Reason[];
}

export const NEXT_ACTIONS = [
  'answer',
  'create-lead',
  'look-up-order',
  'forward-to-accounting',
  'forward-to-human-resources',
  'forward-to-legal',
  'handle-now',
  'schedule',
  'check-address',
  'file',
  'ignore',
  'quarantine',
  'ask-a-person',
] as const;

/** A proposal to whoever opens the message; nothing acts on it by itself. */
export interface NextAction {
  readonly action: (typeof NEXT_ACTIONS)[number];
  /** Why, in one readable line. */
  readonly reason: string;
}

/** What else can be told of a message, beside the decisions. */
export interface Findings {
  /** In reading order, at most 50. */
  readonly entities: readonly Entity[];
  readonly sentiment: Sentiment;
  readonly nextAction: NextAction;
}

/** What one engine makes of one message. */
export interface Reading {
  readonly classification: Classification;
  readonly priority: PriorityDecision;
  readonly summary: Summary;
}

/** What made a decision, so that it can be told apart from a later one. */
export interface Provenance {
  readonly engine: string;
  readonly engineVersion: string;
  readonly model: string | undefined;
  readonly promptVersion: string | undefined;
  readonly taxonomyVersion: string;
  /** Of the local engine, with what the account was taught, whose read was held against that of a model. */
  readonly localVersion?: string;
  /** Of rules and sender patterns. */
  readonly ruleVersion?: string;
  /** Of reading, routing and deciding as a whole. */
  readonly pipelineVersion?: string;
}

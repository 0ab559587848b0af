import type { Priority } from './priority.ts';

/** One readable ground of a decision. `weight` is its share of the score, negative when it speaks against. */
export interface Reason {
  readonly text: string;
  readonly weight: number;
}

export interface Classification {
  /** A category id of the taxonomy in force; `other` when nothing fits. */
  readonly category: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  /** The next best categories, best first. */
  readonly alternatives: readonly { readonly category: string; readonly confidence: number }[];
}

export interface PriorityDecision {
  readonly priority: Priority;
  readonly reasons: readonly Reason[];
}

export interface Summary {
  /** One line, at most 160 characters, in the message's language. */
  readonly line: string;
  /** Up to five; each is a sentence of the message or built from one. */
  readonly points: readonly string[];
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
}

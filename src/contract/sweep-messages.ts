import type { OrphanPlace } from './activities.ts';

export interface SweepMessagesInput {
  /** Set by continue-as-new only: where to look on, and how many runs were started before. */
  readonly resumed?: { readonly after: OrphanPlace; readonly started: number };
}

export interface SweepMessagesResult {
  readonly started: number;
}

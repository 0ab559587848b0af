/** What an account can be taught to decide about its mail. */
export const LEARNED_FIELDS = ['category', 'priority'] as const;
export type LearnedField = (typeof LEARNED_FIELDS)[number];

/** Where a labelled row came from. */
export const EXAMPLE_ORIGINS = ['file', 'folder', 'correction'] as const;
export type ExampleOrigin = (typeof EXAMPLE_ORIGINS)[number];

/** A person's word against a decision. */
export interface Correction {
  readonly accountId: string;
  readonly messageId: string;
  readonly field: LearnedField;
  readonly label: string;
}

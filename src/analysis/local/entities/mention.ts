import type { SourceSpan } from '../../../domain/analysis.ts';

/** When something is: days after the mail, a day of the week (0 is Sunday), or a day of the calendar. */
export type When =
  | { readonly kind: 'offset'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | {
      readonly kind: 'calendar';
      readonly day: number;
      readonly month: number;
      readonly year: number | undefined;
    };

/** A time named in a field of the message. `firstWord` and `lastWord` number the words of that field. */
export interface Mention extends SourceSpan {
  readonly field: 'subject' | 'body';
  readonly when: When;
  readonly firstWord: number;
  readonly lastWord: number;
  /** `12/3`, `segunda`: a time only where a word like "by" stands before it. */
  readonly needsLead: boolean;
}

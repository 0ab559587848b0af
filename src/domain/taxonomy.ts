import type { Priority } from './priority.ts';

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What people write who mean it, in any language; shown to models. */
  readonly examples?: readonly string[] | undefined;
  /** Settle the category without weighing words, unless the message is suspicious. */
  readonly rules?: readonly CategoryRule[] | undefined;
  /** Its mail is worth a model's second read, however sure the local engine is. */
  readonly important?: boolean | undefined;
  /** Words and phrases that speak for it, by ISO 639-1 language; `*` for any language. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  readonly priority: Priority;
  /** Minutes within which its mail is to be answered. */
  readonly answerWithin?: number | undefined;
  /** lead: a CRM lead with the summary. note: a note on the partner. none: nothing goes to Odoo. */
  readonly odoo: 'lead' | 'note' | 'none';
  /** off: no draft. draft: a person approves. auto: sent without a person. */
  readonly reply: 'off' | 'draft' | 'auto';
}

/** Holds when everything that it names holds. Case does not matter. */
export interface CategoryRule {
  /** An address, or `@domain` for all of a domain. */
  readonly from?: string | undefined;
  /** A phrase within the subject. */
  readonly subject?: string | undefined;
}

/** The categories in force, with a version that changes with its content. */
export interface Taxonomy {
  readonly version: string;
  readonly categories: readonly Category[];
  /** Reply texts by language with `{subject}`, `{summary}` and `{name}`; `en` must be there. */
  readonly replies: Readonly<Record<string, string>>;
}

export const FALLBACK_CATEGORY = 'other';

export function findCategory(taxonomy: Taxonomy, id: string): Category | undefined {
  return taxonomy.categories.find((category) => category.id === id);
}

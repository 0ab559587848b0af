import type { Priority } from './priority.ts';

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Words and phrases that speak for it, by ISO 639-1 language; `*` for any language. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  readonly priority: Priority;
  /** lead: a CRM lead with the summary. note: a note on the partner. none: nothing goes to Odoo. */
  readonly odoo: 'lead' | 'note' | 'none';
  /** off: no draft. draft: a person approves. auto: sent without a person. */
  readonly reply: 'off' | 'draft' | 'auto';
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

import type { EntryFate } from '../../../../src/domain/audit.ts';

const WORDS: Record<EntryFate, readonly [label: string, meaning: string]> = {
  missing: ['Unaccounted for', 'Passed by and in none of our rows: nobody knows what became of it.'],
  quarantined: ['Quarantined', 'It failed for good and waits for a person.'],
  pending: ['Not read yet', 'The next pulls take it.'],
  unfinished: ['Under way', 'Stored; its run goes on, or waits for a person.'],
  skipped: ['Left alone', 'On purpose, as the reason says.'],
  deleted: ['Deleted here', 'By a person; the mailbox still holds it, and it does not come back.'],
  healed: ['Fetched after all', 'It was missing when the audit began.'],
  processed: ['Processed', 'Its run came to its end.'],
};

/** Those that want somebody first. */
export const FATE_ORDER = Object.keys(WORDS) as EntryFate[];

export function describeFate(fate: EntryFate): { readonly label: string; readonly meaning: string } {
  const [label, meaning] = WORDS[fate];
  return { label, meaning };
}

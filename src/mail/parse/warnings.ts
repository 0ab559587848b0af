/** Collects faults that were survived, each once and at most 50, in the order met. */
export interface Warnings {
  add(text: string): void;
  /** A fault that left something unread. */
  limit(text: string): void;
  /** Something was left unread. */
  incomplete(): boolean;
  list(): readonly string[];
}

const MAX_WARNINGS = 50;

export function createWarnings(): Warnings {
  const seen = new Set<string>();
  let incomplete = false;
  const add = (text: string): void => {
    if (seen.size < MAX_WARNINGS) seen.add(text);
  };
  return {
    add,
    limit(text) {
      incomplete = true;
      add(text);
    },
    incomplete: () => incomplete,
    list: () => [...seen],
  };
}

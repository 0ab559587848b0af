/** Collects faults that were survived, each once and at most 50, in the order met. */
export interface Warnings {
  add(text: string): void;
  list(): readonly string[];
}

const MAX_WARNINGS = 50;

export function createWarnings(): Warnings {
  const seen = new Set<string>();
  return {
    add(text) {
      if (seen.size < MAX_WARNINGS) seen.add(text);
    },
    list: () => [...seen],
  };
}

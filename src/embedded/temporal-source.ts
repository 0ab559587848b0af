/** One place where a `temporal` program may come from. Never rejects: a miss is an answer. */
export type TemporalSource = (
  context: TemporalSearch,
) => Promise<{ readonly executable: string } | { readonly miss: string }>;

export interface TemporalSearch {
  /** Folder of ours for the program, shared by all copies of Mailroom of one user. */
  readonly cacheDir: string;
  /** PATH to look at instead of our own; for tests. */
  readonly path?: string | undefined;
  /** Says one line: each miss, and what takes long. */
  readonly say: (line: string) => void;
}

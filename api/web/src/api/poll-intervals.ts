/** Milliseconds between two looks: while a batch runs, and when all is quiet. */
export const POLL_INTERVALS = { busy: 1_000, quiet: 5_000 } as const;

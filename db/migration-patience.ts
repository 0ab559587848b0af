/** In milliseconds. */
export interface MigrationPatience {
  /** How long others may wait behind a change that itself waits for a table. */
  readonly lockTimeout: number;
  /** How long to try again before giving up on a table that is never free. */
  readonly forTable: number;
  /** How long to wait for work that must end before an index is there, and for another process that migrates. */
  readonly forOthers: number;
}

/** Our own statements end within 30 s, so that only a stranger's transaction outlasts this. */
export const PATIENCE: MigrationPatience = { lockTimeout: 1000, forTable: 120_000, forOthers: 600_000 };

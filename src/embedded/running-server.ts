/** A server process that we own. `stop` never rejects because the process was gone already. */
export interface RunningServer {
  /** Process id of the server itself, not of its guardian. */
  readonly pid: number;
  /** Exit code of the server once it is gone; null when a signal ended the guardian as well. */
  readonly exited: Promise<number | null>;
  /** Asks politely, kills after the grace period, resolves when no process is left. */
  stop(): Promise<void>;
}

export interface EvalOptions {
  /** A .jsonl file or a folder with index.jsonl; undefined when the task needs none, or none was named. */
  readonly train: string | undefined;
  readonly test: string;
  /** Which column is predicted, for tasks that have several. */
  readonly field: string | undefined;
  readonly seed: number;
  /** Folder of an embedding model, or "none"; undefined: the installed one, if there is one. */
  readonly model?: string | undefined;
}

/** One measured task; the answer holds the keys that its README row names. */
export interface EvalTask {
  run(options: EvalOptions): Promise<object>;
}

/** A class of wording that the engine knows in six languages, beside the signals of the taxonomy. */
export interface Cue {
  readonly id: string;
  /** Phrases by ISO 639-1 language, `*` for any; written as in a taxonomy (`*` for endings, `^2` for weight). */
  readonly signals: Readonly<Record<string, readonly string[]>>;
}

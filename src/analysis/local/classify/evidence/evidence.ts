/** Something beside the wording that speaks for a category, or against it when `weight` is negative. */
export interface Evidence {
  readonly category: string;
  /** On the scale of signals: a plain word in the body is 1. */
  readonly weight: number;
  /** For people; says what was seen and quotes nothing of the message. */
  readonly text: string;
}

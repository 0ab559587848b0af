/** A sentence of the body. Offsets are UTF-16, into the body's text; `text` has its line breaks joined. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a reader found; `reason` says what was left out when it did not read to the end. */
export interface ReadText {
  readonly text: string;
  readonly reason: string | undefined;
}

/** A file that a message carries, with what its name does not tell. */
export interface RawFile {
  readonly filename: string;
  readonly contentType: string;
  /** Its first bytes, decoded; those of an archive that is not too large are all there. */
  readonly head: Uint8Array;
}

/** What a source says beside its view: headers as sent and HTML before it was made safe. Hostile, capped, never stored. */
export interface RawFacts {
  /** Lower-case name to its unfolded values, topmost first. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Which field told the author's address: From, or one that any sender fills in as he likes. */
  readonly authorFrom: 'from' | 'elsewhere';
  /** The HTML parts as sent, joined; empty for plain mail. */
  readonly html: string;
  readonly files: readonly RawFile[];
}

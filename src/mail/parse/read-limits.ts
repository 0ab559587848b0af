/** Hard bounds of one reading. Over a bound the mail is kept, read as far as it goes, and marked with a warning. */
export interface ReadLimits {
  /** Source bytes looked at. */
  readonly maxSourceBytes: number;
  /** Header bytes looked at, all parts together. */
  readonly maxHeaderBytes: number;
  /** MIME parts looked at, multiparts included. */
  readonly maxParts: number;
  /** Multiparts within multiparts; elements within elements of HTML are bounded apart. */
  readonly maxDepth: number;
  /** Decoded bytes of text and HTML parts that are analysed. */
  readonly maxTextBytes: number;
  /** UTF-16 units of HTML that are sanitised and turned into text. */
  readonly maxHtmlChars: number;
  /** HTML elements within each other; the HTML libraries are quadratic beyond. */
  readonly maxHtmlDepth: number;
  /** Links kept of each HTML part; others stay as their text. */
  readonly maxLinks: number;
  /** Recipients kept of each address header. */
  readonly maxAddresses: number;
}

export const DEFAULT_READ_LIMITS: ReadLimits = {
  maxSourceBytes: 64 * 1024 * 1024,
  maxHeaderBytes: 256 * 1024,
  maxParts: 200,
  maxDepth: 20,
  maxTextBytes: 2 * 1024 * 1024,
  maxHtmlChars: 512 * 1024,
  maxHtmlDepth: 200,
  maxLinks: 1000,
  maxAddresses: 500,
};

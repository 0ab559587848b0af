// NUL cannot be stored as Postgres text, the other C0 controls and lone surrogates break JSON consumers.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text that every later step can store: LF line ends, no controls but tab and LF, well-formed UTF-16. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNSTORABLE, '');
}

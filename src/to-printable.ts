/** Controls (escape sequences), format characters (bidi overrides) and line separators, apart from the line feed. */
const UNPRINTABLE = /(?:(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029])+/gu;

/** Text that a stranger may have written, safe for a terminal. */
export function toPrintable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}

/** The same on one line. */
export function toPrintableLine(text: string): string {
  return toPrintable(text).replace(/\s+/g, ' ').trim();
}

/** JSON on one line; what a terminal would obey is escaped, so that it reads back the same. */
export function toPrintableJson(value: unknown): string {
  return ((JSON.stringify(value) as string | undefined) ?? 'null').replace(UNPRINTABLE, (found) =>
    Array.from(
      { length: found.length },
      (_none, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

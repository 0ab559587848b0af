/** PostgreSQL holds every character but NUL and lone surrogates. Same length out as in, so spans still fit. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

/** An instant as text has four digits for the year, and none before the year 1: what a server names beyond is no date. */
export function storableInstant(date: Date | undefined): Date | null {
  const year = date?.getUTCFullYear() ?? 0;
  return date !== undefined && year >= 1 && year <= 9999 ? date : null;
}

/** A count of bytes as a mailbox names it, in an `integer`; null: none was named. */
export function storableSize(size: number | undefined): number | null {
  if (size === undefined) return null;
  return Number.isSafeInteger(size) && size > 0 ? Math.min(size, 0x7fffffff) : 0;
}

/** JSON text that jsonb takes. JSON escapes just the characters that it refuses, so most values need one pass. */
export function toJsonb(value: unknown): string {
  const json = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? storableText(part) : part,
  );
}

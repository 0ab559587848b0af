const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** `und` is what the reader calls a text too short to tell. */
export function formatLanguage(code: string): string {
  if (code === 'und') return 'Unknown language';
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

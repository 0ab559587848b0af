import { PLACEHOLDER, type RedactedValues } from './redact-text.ts';

/** Puts back what placeholders stand for, once each: what a value itself says is not read. Unknown ones stay. */
export function restoreText(text: string, values: RedactedValues): string {
  return text.replace(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder);
}

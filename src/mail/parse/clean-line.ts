import { cleanText } from './clean-text.ts';

/** One header value for show: no line breaks, runs of blanks as one space, at most `maxChars` UTF-16 units. */
export function cleanLine(text: string, maxChars: number): string {
  const line = cleanText(text.slice(0, maxChars * 4))
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
  return line.length <= maxChars ? line : cleanText(line.slice(0, maxChars));
}

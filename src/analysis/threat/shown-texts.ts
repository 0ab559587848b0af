import type { MessageView } from '../../domain/message.ts';
import { INJECTION_CAP } from './injection/split-windows.ts';

/**
 * The texts of a message that people and models are shown, each once: all of `text`, and `visibleText` from the first
 * line that `text` has not, where carried messages stand. What lies past `INJECTION_CAP` of either is nobody's.
 */
export function shownTexts({
  text,
  visibleText,
}: Pick<MessageView, 'text' | 'visibleText'>): readonly string[] {
  const read = text.slice(0, INJECTION_CAP);
  const shown = visibleText.slice(0, INJECTION_CAP);
  if (read.includes(shown)) return [read];
  const known = new Set(read.split('\n').map((line) => line.trim()));
  const lines = shown.split('\n');
  const first = lines.findIndex((line) => !known.has(line.trim()));
  return first < 0 ? [read] : [read, lines.slice(first).join('\n')];
}

/** A text that is shown goes on where the last of it was judged. */
export function isLeftUnread({ text, visibleText }: Pick<MessageView, 'text' | 'visibleText'>): boolean {
  return text.length > INJECTION_CAP || visibleText.length > INJECTION_CAP;
}

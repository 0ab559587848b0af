import { renderBody } from './body-views.ts';
import { cleanLine } from './clean-line.ts';
import { collectContent } from './collect-content.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import type { ReadLimits } from './read-limits.ts';
import { splitParts } from './split-parts.ts';
import type { Warnings } from './warnings.ts';

const SHOWN = ['from', 'date', 'subject', 'to'] as const;

/**
 * The text of the first message that a message carries, as a forward: what the writer talks about. One level only;
 * what is within that stays an attachment. Empty when there is no inner message.
 */
export function innerText(inner: readonly Buffer[], limits: ReadLimits, warnings: Warnings): string {
  const source = inner[0];
  if (!source) return '';
  const root = splitParts(source, limits, warnings);
  const { text } = renderBody(collectContent(root, limits, warnings).slots, limits, warnings);
  const header = SHOWN.flatMap((name) => {
    const value = root.fields.first(name);
    return value
      ? [`${name[0]?.toUpperCase()}${name.slice(1)}: ${cleanLine(decodeEncodedWords(value), 300)}`]
      : [];
  });
  return ['---------- Forwarded message ----------', ...header, '', text].join('\n');
}

import { foldWords } from '../lexicon/fold-words.ts';
import { SIGN_OFFS } from './sign-offs.ts';

const LONGEST_LINE = 70;
/** `je vous prie d agreer` has five words; what follows on its line does not matter. */
const LONGEST_SIGN_OFF = 5;
/** A closing line is the phrase and a name or two, not a sentence that begins with "Thanks". */
const EXTRA_WORDS = 3;

/** The offset where the closing of a letter begins (`Best regards`, `-- `), or the text's length when it has none. */
export function findLetterEnd(text: string): number {
  let start = 0;
  let hasContent = false;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + LONGEST_LINE + 1));
    if (hasContent && (/^--\s*$/.test(line) || isSignOff(line))) return start;
    if (!hasContent && line.trim() !== '' && !isGreetingLine(line)) hasContent = true;
    start = end + 1;
  }
  return text.length;
}

function isGreetingLine(line: string): boolean {
  return line.length <= LONGEST_LINE && /[,:!]\s*$/.test(line);
}

function isSignOff(line: string): boolean {
  if (line.length > LONGEST_LINE || line.trimEnd().endsWith('?')) return false;
  const words = foldWords(line);
  for (let count = Math.min(LONGEST_SIGN_OFF, words.length); count > 0; count--) {
    if (!SIGN_OFFS.has(words.slice(0, count).join(' '))) continue;
    return words.length <= count + EXTRA_WORDS || count >= 4;
  }
  return false;
}

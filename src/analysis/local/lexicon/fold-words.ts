import { foldCode, foldTail, IGNORED, SEPARATOR } from './fold-code.ts';

/** The words of a text without case, accents and signs: `L’Été, 2 fois` is `l ete 2 fois`. */
export function foldWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 0;
    const folded = foldCode(code);
    if (folded === IGNORED) continue;
    if (folded !== SEPARATOR) {
      const tail = foldTail(code);
      word += String.fromCharCode(folded) + (tail === SEPARATOR ? '' : String.fromCharCode(tail));
    } else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return words;
}

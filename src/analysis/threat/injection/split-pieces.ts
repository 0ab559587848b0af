/** A longer sentence has room for an order and for words around it that outweigh it. */
const LONG = 120;
/** Words of a piece, about as many as an order has; each piece begins in the middle of the one before it. */
const WORDS = 10;
const STEP = 5;
/** Scripts that write without blanks have words of two or three letters. */
const WORD = /[\u3040-\u9fff\uac00-\ud7af]{1,3}|[^\s\u3040-\u9fff\uac00-\ud7af]{1,40}/g;

/** Overlapping pieces of the long ones among sentences, which between them hold every word. Linear. */
export function splitPieces(sentences: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  for (const sentence of sentences) {
    if (sentence.length <= LONG) continue;
    const words = [...sentence.matchAll(WORD)];
    for (let from = 0; from === 0 || from + STEP < words.length; from += STEP) {
      const last = words[Math.min(from + WORDS, words.length) - 1];
      if (last !== undefined) pieces.push(sentence.slice(words[from]?.index, last.index + last[0].length));
    }
  }
  return pieces;
}

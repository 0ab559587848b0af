/** Sentences and lines, and neighbours of a line together: an order to a machine is short and stands anywhere. */
const LONGEST = 600;
const MOST_SENTENCES = 6;
/** UTF-16 units that are read: more than a model is ever shown of a text. */
export const INJECTION_CAP = 40_000;
/** Zero-width and direction characters hide words from readers and filters. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SENTENCE_END = /(?<=[.!?。！？])\s{1,20}|(?<=[。！？])/;
/** A page or a mailbox on a line of its own orders nothing. */
const ADDRESS_ALONE =
  /^[<(]?(?:https?:\/\/|www\.|mailto:)?[\w%+-]{1,64}(?:[.@][\w%+-]{1,64}){1,8}(?:[/?#]\S{0,500})?$/i;
/** A line that mail programs wrap is about this long, and goes on in lower case. */
const WRAPPED = 50;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
const ASCII = /^[\x00-\x7f]*$/;

/** The sentences of a window, in order: most have one. */
export type Window = readonly string[];

/** The sentences of each line of the first 40,000 UTF-16 units, lines that mail programs wrapped joined. */
export function splitSentences(text: string): readonly (readonly string[])[] {
  const head = text.slice(0, INJECTION_CAP);
  const clean = ASCII.test(head) ? head : head.normalize('NFKC').replace(INVISIBLE, '');
  return joinWrapped(clean.split(/[\n|]/)).map((line) =>
    line
      .split(SENTENCE_END)
      .map((one) => one.trim())
      .filter((one) => one !== '' && !ADDRESS_ALONE.test(one)),
  );
}

/** Every window of a text, with the first 600 UTF-16 units of a sentence; at most two a sentence and one a line. */
export function splitWindows(text: string): readonly Window[] {
  return toWindows(splitSentences(text));
}

/** The windows of what `splitSentences` gives. */
export function toWindows(lines: readonly (readonly string[])[]): readonly Window[] {
  const windows: Window[] = [];
  for (const line of lines) {
    const sentences = line.map((one) => one.slice(0, LONGEST));
    for (const sentence of sentences) windows.push([sentence]);
    for (let i = 1; i < sentences.length; i += 1) windows.push(sentences.slice(i - 1, i + 1));
    if (sentences.length > 2) windows.push(sentences.slice(0, MOST_SENTENCES));
  }
  // Each of them counts: whoever writes around an order would choose what is left out.
  return windows;
}

/** Half a sentence says little and says it loudly: a line that the one before it was wrapped into is part of it. */
function joinWrapped(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let length = 0;
  for (const line of lines) {
    const before = joined.at(-1) ?? '';
    if (
      length >= WRAPPED &&
      before.length < LONGEST &&
      /^\p{Ll}/u.test(line) &&
      !/[.!?:]\s{0,3}$/.test(before)
    )
      joined[joined.length - 1] = `${before.trimEnd()} ${line}`;
    else joined.push(line);
    length = line.length;
  }
  return joined;
}

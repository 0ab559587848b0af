import type { IndexedPhrase, LetterNode, Lexicon, Phrase, Target } from './lexicon.ts';
import { parseSignal, type SignalWord } from './parse-signal.ts';
import { spellOutUmlauts } from './spell-out-umlauts.ts';

/** Phrases by language for one target, as a taxonomy or a cue states them. */
export interface LexiconEntry {
  readonly target: Target;
  readonly signals: Readonly<Record<string, readonly string[]>>;
}

interface Draft {
  readonly words: readonly SignalWord[];
  readonly phrase: Phrase & { readonly languages: Set<string> };
}

/** Compiles phrases into a trie of letters and an index of word sequences. Phrases that cannot be used are skipped. */
export function compileLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const root: LetterNode = { next: new Map(), word: undefined, stem: undefined };
  const byFirstWord = new Map<number, IndexedPhrase[]>();
  const numbers = new Map<string, number>();
  for (const { words, phrase } of collectDrafts(entries).values()) {
    const [first, ...rest] = words.map((word) => numberOf(word, root, numbers));
    if (first === undefined) continue;
    const siblings = byFirstWord.get(first) ?? [];
    byFirstWord.set(first, siblings);
    const known = siblings.find((sibling) => sibling.rest.join() === rest.join());
    if (known === undefined) siblings.push({ rest, phrases: [phrase] });
    else known.phrases.push(phrase);
  }
  return { root, byFirstWord };
}

/** One draft for each target and phrase: the same words in two languages are one phrase with both. */
function collectDrafts(entries: readonly LexiconEntry[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const { target, signals } of entries) {
    for (const [language, texts] of Object.entries(signals)) {
      for (const text of texts.flatMap((one) => [one, ...spellOutUmlauts(one, language)])) {
        const { words, boost, fault } = parseSignal(text);
        if (fault !== undefined) continue;
        const shown = words.map((word) => word.text).join(' ');
        const key = `${target.kind}:${target.id}:${words.map((word) => word.text + (word.isStem ? '*' : '')).join(' ')}`;
        const known = drafts.get(key);
        if (known !== undefined) known.phrase.languages.add(language);
        else {
          const weight = lengthWeight(words.length) * boost;
          const languages = new Set([language]);
          drafts.set(key, {
            words,
            phrase: { target, text: shown, length: words.length, weight, languages },
          });
        }
      }
    }
  }
  return drafts;
}

function lengthWeight(words: number): number {
  if (words === 1) return 1;
  return words === 2 ? 1.2 : 1.4;
}

function numberOf(word: SignalWord, root: LetterNode, numbers: Map<string, number>): number {
  const key = word.isStem ? `${word.text}*` : word.text;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(key, number);
  let node = root;
  for (let index = 0; index < word.text.length; index++) {
    const code = word.text.charCodeAt(index);
    const next = node.next.get(code) ?? { next: new Map(), word: undefined, stem: undefined };
    node.next.set(code, next);
    node = next;
  }
  if (word.isStem) node.stem = number;
  else node.word = number;
  return number;
}

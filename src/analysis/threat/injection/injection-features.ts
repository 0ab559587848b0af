import { createFeatureBag, type FeatureBag } from '../model/feature-bag.ts';
import type { FeatureBlocks } from '../model/linear-model.ts';

export const INJECTION_BITS = 18;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}']{0,30}/gu;
/** What a text to a machine looks like, in any language. */
const MARKS: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'role tag',
    /\[\/?inst\]|<\|[a-z_]{2,20}\|?>|<<\/?sys>>|<\/?(?:system|user|assistant|instructions?|secret|prompt)>/i,
  ],
  [
    'role line',
    /^\s{0,5}[#*>-]{0,5}\s{0,3}(?:system|assistant|user|instructions?|prompt|developer)\b[^.!?]{0,20}[:\]]/i,
  ],
  ['rule', /[-=#*~_]{4}|```|"""/],
  ['markdown picture', /!\[[^\]]{0,80}\]\(/],
  ['encoded', /[A-Za-z0-9+/]{32}|(?:\\x[0-9a-f]{2}){4}|(?:%[0-9a-f]{2}){5}|&#\d{2,5};&#/i],
  ['placeholder', /<[a-z][a-z_ -]{2,30}>|\{\{?[a-z_ ]{2,30}\}|\[[A-Z_]{3,20}\]|\$\{/],
  ['fake tool call', /\b[a-z_]{3,30}\(["'][^)]{0,80}\)/],
  [
    'reply',
    /\b(?:your|the|every|each|ihrer?|deiner?|votre|ta|tu|su|tua|sua|vostra) (?:next )?(?:response|reply|replies|answer|output|message|summary|antwort|ausgabe|réponse|respuesta|risposta|resposta)s?\b/i,
  ],
  [
    'override',
    /\b(?:ignor\w{0,4}|disregard\w{0,3}|forget|bypass\w{0,3}|override\w{0,2}|vergiss|vergessen|missachte|oublie[rz]?|olvida|dimentica\w{0,2}|esque[cç]\w{1,3})\b/i,
  ],
  [
    'machine',
    /\b(?:ai|llm|gpt|chatgpt|copilot|assistant|chatbot|language model|ki|ia|sprachmodell|prompt|system prompt|instructions?|anweisungen|istruzioni|instrucciones|instruções)\b/i,
  ],
  ['quote', /["'“”«»„][^"“”«»]{8,200}["'“”«»]/],
  ['question', /[?？]/],
  ['address', /https?:\/\/|www\.|\b[a-z0-9-]{2,40}\.(?:com|io|ai|net|org)\b/i],
  ['mailbox', /[\w.+-]{1,40}@[\w-]{1,40}\./],
];

/** What the injection model reads of one window: its words in order, its letters, its marks. */
export function injectionFeatures(window: string): FeatureBlocks {
  const words = createFeatureBag(INJECTION_BITS - 1);
  const shape = createFeatureBag(INJECTION_BITS - 1, 2 ** (INJECTION_BITS - 1));
  const found = addWords(words, window);
  const letters = ` ${found.join(' ')} `.slice(0, 300);
  for (let i = 0; i + 4 <= letters.length; i += 1) shape.add('letters', letters.slice(i, i + 4));
  for (const [name, pattern] of MARKS) if (pattern.test(window)) words.add('mark', name);
  words.add('length', String(Math.min(6, Math.floor(Math.log2(found.length + 1)))));
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(window))
    words.add('mark', 'other script');
  return [words.indices, shape.indices];
}

function addWords(bag: FeatureBag, window: string): readonly string[] {
  const found = [...window.matchAll(WORD)]
    .slice(0, 120)
    .map(([word]) => word.toLowerCase().replace(/\d/g, '0'));
  for (const [i, word] of found.entries()) {
    bag.add('w', word);
    const next = found[i + 1];
    const third = found[i + 2];
    if (next !== undefined) bag.add('w2', `${word} ${next}`);
    if (third !== undefined) bag.add('w-2', `${word} ${third}`);
  }
  bag.add('first', found[0] ?? '');
  bag.add('first2', found.slice(0, 2).join(' '));
  return found;
}

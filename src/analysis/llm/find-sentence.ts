import type { SourceSpan } from '../../domain/analysis.ts';
import type { MessageView } from '../../domain/message.ts';
import { bodyField } from '../local/facts/body-field.ts';
import { splitSentences } from '../local/summarize/split-sentences.ts';

/** As much of a text as a model is shown at most. UTF-16 units. */
const TEXT_CAP = 20_000;
/** A sentence bears a point out when it holds this share of the point's words and figures. */
const BORNE_OUT = 0.5;
const WORD = /[\p{L}\p{N}]{3,40}/gu;

/** Looks for the sentence of the message that a model's point comes from; undefined when none holds half of its words. */
export function createSentenceFinder(view: MessageView): (point: string) => SourceSpan | undefined {
  const field = bodyField(view);
  const text = view[field];
  const sentences = splitSentences(text, Math.min(text.length, TEXT_CAP)).map((sentence) => ({
    ...sentence,
    words: new Set(toWords(sentence.text)),
  }));
  return (point) => {
    const words = [...new Set(toWords(point))];
    let best: SourceSpan | undefined;
    let most = 0;
    for (const { words: said, start, end } of sentences) {
      const share = words.filter((word) => said.has(word)).length / Math.max(1, words.length);
      if (share > most) {
        most = share;
        best = { in: field, start, end };
      }
    }
    return most >= BORNE_OUT ? best : undefined;
  };
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

import type { MessageView } from '../../../domain/message.ts';
import type { Lexicon, Target } from '../lexicon/lexicon.ts';
import { type Scan, scanText } from '../lexicon/scan-text.ts';
import { bodyField } from './body-field.ts';
import type { Facts, WeighedHit } from './facts.ts';
import { findHosts } from './find-hosts.ts';
import { findLetterEnd } from './find-letter-end.ts';
import { keepTelling } from './keep-telling.ts';
import { languageFit } from './language-fit.ts';

/** Longer text adds time and no insight: what a mail is about stands at its top. UTF-16 units. */
const BODY_CAP = 20_000;
const SUBJECT_CAP = 500;
const HISTORY_CAP = 3000;
/** "See my answers below" says nothing: under this many words, the quoted text tells what it is about. */
const FEW_WORDS = 60;

/** Reads everything that the steps need in one pass, linear in the size of the message. */
export function readFacts(view: MessageView, lexicon: Lexicon): Facts {
  const written = view[bodyField(view)];
  const subject = scanText(view.subject.slice(0, SUBJECT_CAP), lexicon);
  const body = scanText(written.slice(0, BODY_CAP), lexicon);
  const history = scanText(historyOf(view, body.starts.length), lexicon);
  const weigh = (scan: Scan, field: WeighedHit['field'], kind: Target['kind']): WeighedHit[] =>
    scan.hits
      .filter((hit) => hit.phrase.target.kind === kind)
      .map((hit) => ({ hit, field, fit: languageFit(hit.phrase, view.language) }))
      .filter(({ fit }) => fit > 0);
  return {
    view,
    automatic: view.automatic.kind,
    subject,
    body,
    letterEnd: findLetterEnd(body.text),
    signals: [
      ...keepTelling(weigh(subject, 'subject', 'category')),
      ...keepTelling(weigh(body, 'body', 'category')),
      ...keepTelling(weigh(history, 'history', 'category')),
    ],
    cues: [...weigh(subject, 'subject', 'cue'), ...weigh(body, 'body', 'cue')],
    hosts: findHosts(body.text, view.html),
  };
}

function historyOf(view: MessageView, words: number): string {
  if (words >= FEW_WORDS || view.automatic.kind !== 'person' || view.inlineAnswers) return '';
  const own = view.visibleText.trim();
  const text = view.text.trimStart();
  return (text.startsWith(own) ? text.slice(own.length) : text).slice(0, HISTORY_CAP);
}

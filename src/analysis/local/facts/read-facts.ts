import type { MessageView } from '../../../domain/message.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { type Hit, type Scan, scanText } from '../lexicon/scan-text.ts';
import type { Facts, WeighedHit } from './facts.ts';
import { findHosts } from './find-hosts.ts';
import { findLetterEnd } from './find-letter-end.ts';
import { languageFit } from './language-fit.ts';

/** Longer text adds time and no insight: what a mail is about stands at its top. UTF-16 units. */
const BODY_CAP = 20_000;
const SUBJECT_CAP = 500;

/** Reads everything that the steps need in one pass, linear in the size of the message. */
export function readFacts(view: MessageView, lexicon: Lexicon): Facts {
  // Answers between quoted lines lose their questions in the visible text, and a mail may be all quote.
  const written = view.inlineAnswers || view.visibleText.trim() === '' ? view.text : view.visibleText;
  const subject = scanText(view.subject.slice(0, SUBJECT_CAP), lexicon);
  const body = scanText(written.slice(0, BODY_CAP), lexicon);
  return {
    view,
    automatic: view.automatic.kind,
    subject,
    body,
    letterEnd: findLetterEnd(body.text),
    signals: [
      ...weigh(longestOnly(subject.hits, 'category'), 'subject', view.language),
      ...weigh(longestOnly(body.hits, 'category'), 'body', view.language),
    ],
    cues: [
      ...weigh(ofKind(subject, 'cue'), 'subject', view.language),
      ...weigh(ofKind(body, 'cue'), 'body', view.language),
    ],
    hosts: findHosts(body.text, view.html),
  };
}

function ofKind(scan: Scan, kind: Hit['phrase']['target']['kind']): Hit[] {
  return scan.hits.filter((hit) => hit.phrase.target.kind === kind);
}

function weigh(hits: readonly Hit[], field: WeighedHit['field'], language: string): WeighedHit[] {
  return hits
    .map((hit) => ({ hit, field, fit: languageFit(hit.phrase, language) }))
    .filter(({ fit }) => fit > 0);
}

/** `order status` is not also an `order`: a phrase inside a longer one does not count. */
function longestOnly(hits: readonly Hit[], kind: Hit['phrase']['target']['kind']): Hit[] {
  const reach = new Map<number, number>();
  const signals = hits.filter((hit) => hit.phrase.target.kind === kind);
  for (const { word, phrase } of signals) {
    for (let offset = 0; offset < phrase.length; offset++) {
      reach.set(word + offset, Math.max(reach.get(word + offset) ?? 0, phrase.length));
    }
  }
  return signals.filter(({ word, phrase }) => {
    for (let offset = 0; offset < phrase.length; offset++) {
      if ((reach.get(word + offset) ?? 0) === phrase.length) return true;
    }
    return false;
  });
}

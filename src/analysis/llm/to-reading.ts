import type { Reading, Reason } from '../../domain/analysis.ts';
import type { MessageView } from '../../domain/message.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { createSentenceFinder } from './find-sentence.ts';
import type { ModelAnswer } from './model-answer.ts';

/** What a model says of its own certainty is worth nothing: one unconfirmed read gets this, `reconcile` moves it. */
const UNCONFIRMED = 0.6;
const LINE = 160;
const POINT = 280;
const MOST_POINTS = 5;

/** Turns a checked answer into a reading, within the bounds that every reading keeps. */
export function toReading(answer: ModelAnswer, view: MessageView): Reading {
  const findSentence = createSentenceFinder(view);
  const suspicion: Reason[] = answer.suspicious
    ? [suspicionReason.of(cut(answer.suspicion_reason, 200) || 'the model gives no reason')]
    : [];
  const labels = pick(answer.labels, [answer.category]);
  const others = pick(answer.alternatives, [answer.category, ...labels]);
  return {
    classification: {
      category: answer.category,
      confidence: UNCONFIRMED,
      reasons: [{ text: cut(answer.category_reason, 200), weight: 1 }, ...suspicion],
      alternatives: others.map((category, index) => ({
        category,
        confidence: Math.round(((1 - UNCONFIRMED) / 2 ** (index + 1)) * 1000) / 1000,
      })),
      ...(labels.length > 0 && {
        labels: labels.map((category) => ({ category, confidence: UNCONFIRMED })),
      }),
      needsAction: answer.needs_action,
    },
    priority: { priority: answer.priority, reasons: [{ text: cut(answer.priority_reason, 200), weight: 1 }] },
    summary: {
      line: cut(answer.line, LINE),
      points: answer.points
        .map((point) => cut(point, POINT))
        .filter((point) => point !== '')
        .slice(0, MOST_POINTS)
        .map((text) => ({ text, from: findSentence(text) })),
    },
  };
}

function pick(ids: readonly string[], taken: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => !taken.includes(id)).slice(0, 3);
}

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

import type { Veil } from '../activities/dependencies.ts';
import { createSentenceFinder } from './analysis/llm/find-sentence.ts';
import type { Reading } from './domain/analysis.ts';
import { findPii } from './mail/pii/find-pii.ts';
import { NAMES_CAP } from './mail/pii/names/find-names.ts';
import { redactView } from './security/redact-view.ts';
import { restoreText } from './security/restore-text.ts';
import type { Sealer } from './security/seal.ts';
import { openRedaction, sealRedaction } from './security/seal-redaction.ts';

const LINE = 160;
const POINT = 280;

/**
 * Hides personal data of a message from a model, and puts it back into what the model says of it. What stands behind
 * the placeholders is kept sealed: without our key nobody can tell, whatever else they have.
 */
export function createVeil(sealer: Sealer): Veil {
  return {
    hide(messageId, view) {
      const redacted = redactView(view, findPii, NAMES_CAP);
      const sealed = sealRedaction(redacted.values, sealer, messageId);
      return {
        view: redacted.view,
        restore(reading): Reading {
          const values = openRedaction(sealed, sealer, messageId);
          const restore = (text: string, most: number) => cut(restoreText(text, values), most);
          const findSentence = createSentenceFinder(view);
          const points = reading.summary.points.map((point) => restore(point.text, POINT));
          return {
            ...reading,
            summary: {
              ...reading.summary,
              line: restore(reading.summary.line, LINE),
              // Where a point comes from was told of the redacted text.
              points: points.map((text) => ({ text, from: findSentence(text) })),
            },
          };
        },
      };
    },
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

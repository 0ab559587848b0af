import { createHash } from 'node:crypto';
import { ServiceError } from '../../domain/service-error.ts';
import { ANSWER_FIELDS } from './answer-fields.ts';

/** What a model is told to do, with a place for the categories; part of every question. */
export interface PromptText {
  /** Changes with the text, and with how a question is put together; part of the provenance of each decision. */
  readonly version: string;
  readonly text: string;
}

/** Raise it when the same text makes another question: marks, guard, or what is shown of a message. */
const FORMAT = '3';
export const PLACEHOLDER = '{categories}';
/** Ours has 2,000. */
const MOST_CHARS = 20_000;

/** Throws `InvalidInput` with every fault at once; `file` names the text there. */
export function parsePrompt(given: string, file: string): PromptText {
  const text = given.replace(/\r\n?/g, '\n').trim();
  const faults = findFaults(text);
  if (faults.length > 0) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    throw new ServiceError('InvalidInput', `The prompt ${file} has ${count}:\n  ${faults.join('\n  ')}`, {
      fix: 'Correct it; src/analysis/llm/default-prompt.txt shows a complete one.',
      details: { faults: faults.length },
    });
  }
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { version: `${FORMAT}.${digest}`, text };
}

function findFaults(text: string): string[] {
  if (text.length > MOST_CHARS) return [`it is longer than ${MOST_CHARS} characters`];
  const places = text.split(PLACEHOLDER).length - 1;
  const others = [...text.matchAll(/\{[A-Za-z_]{1,40}\}/g)].filter(([name]) => name !== PLACEHOLDER);
  // Without a word on one a model guesses what it is to put there. `line` is no part of `deadline`.
  const words = new Set(text.match(/\w+/g));
  const missing = ANSWER_FIELDS.filter((field) => !words.has(field));
  return [
    ...(places === 1
      ? []
      : [`it must say ${PLACEHOLDER} once, where the list of them goes; it does ${places} times`]),
    ...others.map(([name]) => `${name} is unknown: only ${PLACEHOLDER} is filled in`),
    ...(missing.length === 0 ? [] : [`it does not say what to put into ${missing.join(', ')}`]),
    ...(/[^\P{Cc}\n\t]/u.test(text) ? ['it holds control characters'] : []),
  ];
}

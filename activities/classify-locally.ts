import type { LocalEngine } from '../src/analysis/engine.ts';
import type { Learned } from '../src/analysis/learned/learned.ts';
import type { Classification } from '../src/domain/analysis.ts';
import { asWritten } from '../src/domain/forwarded-from.ts';
import type { Remembered } from './message-memory.ts';

/** What the local engine makes of a message, unless a person has said what it is. */
export function classifyLocally(
  localEngine: LocalEngine,
  { view, chosenCategory }: Pick<Remembered, 'view' | 'chosenCategory'>,
  learned: Learned | undefined,
): Classification {
  const found = localEngine.classify(asWritten(view), learned);
  return withChosenCategory(found, chosenCategory);
}

/** What is suspected of the message stays: a category says nothing of who sent it. */
export function withChosenCategory(
  found: Classification,
  chosenCategory: string | undefined,
): Classification {
  if (chosenCategory === undefined) return found;
  const { needsPerson: _answered, ...own } = found;
  const reason = { text: 'a person chose this category', weight: 1 };
  return { ...own, category: chosenCategory, confidence: 1, reasons: [reason, ...own.reasons] };
}

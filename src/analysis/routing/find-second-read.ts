import type { Reading } from '../../domain/analysis.ts';
import { PRIORITIES, type Priority } from '../../domain/priority.ts';
import type { Category } from '../../domain/taxonomy.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { findDoubt, findMeasuredDoubt } from './unsure.ts';

/** Why a model is asked about a message that the local engine has read. */
export interface SecondRead {
  /** The local engine is unsure, or suspects something; false: it is sure, and the message matters. */
  readonly isUndecided: boolean;
  /** In a few words: `it is urgent`. */
  readonly because: string;
}

export interface SecondReadPolicy {
  /** 0 to 1: below this confidence a category counts as undecided, where nothing was measured. */
  readonly threshold: number;
  /** From which priority on a message is important; undefined: none is by its priority. */
  readonly importantFrom: Priority | undefined;
}

/**
 * undefined: the local read is enough. `category` is that of the local read. Mail that is neither answered nor entered
 * anywhere matters to nobody, whatever its priority.
 */
export function findSecondRead(
  { classification, priority }: Pick<Reading, 'classification' | 'priority'>,
  category: Pick<Category, 'name' | 'important' | 'reply' | 'odoo'> | undefined,
  { threshold, importantFrom }: SecondReadPolicy,
): SecondRead | undefined {
  if (classification.reasons.some(suspicionReason.is)) {
    return { isUndecided: true, because: 'it is suspicious' };
  }
  const doubt = findDoubt(classification, threshold);
  if (doubt !== undefined) return { isUndecided: true, because: `it is undecided, ${doubt}` };
  const less = findMeasuredDoubt(priority);
  if (less !== undefined) return { isUndecided: true, because: `its priority is undecided, ${less}` };
  const important = (because: string) => ({ isUndecided: false, because });
  if (classification.important !== undefined) return important(`${classification.important} says so`);
  if (category?.reply === 'off' && category.odoo === 'none') return undefined;
  if (category?.important === true) return important(`${category.name} is important`);
  const isPressing =
    importantFrom !== undefined && PRIORITIES.indexOf(priority.priority) <= PRIORITIES.indexOf(importantFrom);
  return isPressing ? important(`it is ${PRESSING[priority.priority]}`) : undefined;
}

const PRESSING: Readonly<Record<Priority, string>> = {
  URGENT: 'urgent',
  HIGH: 'of high priority',
  NORMAL: 'of normal priority',
  LOW: 'of low priority',
};

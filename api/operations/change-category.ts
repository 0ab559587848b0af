import type { MessageDetailRow } from '../../db/message-list-store.ts';
import { findAnswerDue, isAnswerOwed } from '../../src/domain/answer-time.ts';
import type { MessageState } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { type Category, findCategory } from '../../src/domain/taxonomy.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** A person's choice. What the run has planned already goes on as it was; a later engine does not change it back. */
export async function changeCategory(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'taxonomies' | 'recordCorrection'>,
  messageId: string,
  category: string,
): Promise<{ result: 'done'; state: MessageState }> {
  const row = await deps.messageList.get(messageId);
  const { accountId, state } = row;
  const taxonomy = await deps.taxonomies.get(accountId);
  const chosen = findCategory(taxonomy, category);
  if (chosen === undefined) {
    throw new ServiceError('InvalidInput', `There is no category "${category}"`, {
      fix: `Choose from ${taxonomy.categories.map(({ id }) => id).join(', ')}.`,
    });
  }
  await deps.recordCorrection({ accountId, messageId, field: 'category', label: category });
  await deps.messages.changeCategory(messageId, category, 'api', toAnswerDue(row, chosen));
  return { result: 'done', state };
}

/** The answer is due as the chosen category says; undefined: as before, for a rule said when, or nothing was decided. */
function toAnswerDue(row: MessageDetailRow, { answerWithin }: Category): Date | null | undefined {
  const { analysis, automatic, body, receivedAt, parkedAt } = row;
  if (analysis === null || analysis.priority?.answerDueBy === 'rule') return undefined;
  // An order to the machine flags a message too.
  if (answerWithin === undefined || !isAnswerOwed(automatic, body?.details.threat)) return null;
  return findAnswerDue(answerWithin, { receivedAt, now: parkedAt }) ?? null;
}

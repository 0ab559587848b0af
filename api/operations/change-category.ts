import type { MessageState } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** A person's choice. What the run has planned already goes on as it was; a later engine does not change it back. */
export async function changeCategory(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'taxonomies' | 'recordCorrection'>,
  messageId: string,
  category: string,
): Promise<{ result: 'done'; state: MessageState }> {
  const { accountId, state } = await deps.messageList.get(messageId);
  const { categories } = await deps.taxonomies.get(accountId);
  if (!categories.some(({ id }) => id === category)) {
    throw new ServiceError('InvalidInput', `There is no category "${category}"`, {
      fix: `Choose from ${categories.map(({ id }) => id).join(', ')}.`,
    });
  }
  await deps.recordCorrection({ accountId, messageId, field: 'category', label: category });
  await deps.messages.changeCategory(messageId, category, 'api');
  return { result: 'done', state };
}

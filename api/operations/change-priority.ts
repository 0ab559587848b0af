import type { MessageState } from '../../src/domain/message.ts';
import type { Priority } from '../../src/domain/priority.ts';
import type { ApiDependencies } from '../dependencies.ts';

const LIVE: readonly MessageState[] = ['parked', 'running', 'awaiting-approval'];

/** A person's choice: through the run, if one is alive, so that what is left of it is reordered too. */
export async function changePriority(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'controls' | 'recordCorrection'>,
  messageId: string,
  priority: Priority,
): Promise<{ result: 'asked' | 'done'; state: MessageState }> {
  const { accountId, state } = await deps.messageList.get(messageId);
  const change = { priority, by: 'api' };
  await deps.recordCorrection({ accountId, messageId, field: 'priority', label: priority });
  if (LIVE.includes(state) && (await deps.controls.changePriority({ accountId, messageId }, change))) {
    return { result: 'asked', state };
  }
  await deps.messages.changePriority(messageId, priority, change.by);
  return { result: 'done', state };
}

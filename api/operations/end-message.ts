import { type MessageState, PUT_ASIDE_STATES } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Skips or cancels a message: its run is told, or, when none is alive, the record is changed. */
export async function endMessage(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'quarantine' | 'controls'>,
  messageId: string,
  outcome: 'skipped' | 'cancelled',
  reason = 'no reason given',
): Promise<{ result: 'asked' | 'done'; state: MessageState }> {
  const { accountId, state } = await deps.messageList.get(messageId);
  if (state === outcome) return { result: 'done', state };
  if (state === 'settled') {
    throw new ServiceError('Conflict', `The message is processed already and cannot be ${outcome}`, {
      fix: 'Nothing is left to do for it.',
    });
  }
  if (!PUT_ASIDE_STATES.some((one) => one === state)) {
    const tell = outcome === 'skipped' ? deps.controls.skipMessage : deps.controls.cancelMessage;
    const told = await tell({ accountId, messageId }, { by: 'api', reason });
    if (told) return { result: 'asked', state };
  }
  if (!(await deps.messages.settle(messageId, outcome, `api: ${reason}`, { putAside: true }))) {
    throw new ServiceError('Conflict', 'The message was processed at this very moment', {
      fix: 'Nothing is left to do for it.',
    });
  }
  await deps.quarantine.resolveMessage(messageId, 'skipped');
  return { result: 'done', state: outcome };
}

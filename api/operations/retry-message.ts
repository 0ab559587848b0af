import type { MessageState } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { restartMessage } from './restart-message.ts';

/** Starts an ended message again, or ends the wait of a run that is alive. */
export async function retryMessage(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'quarantine' | 'controls'>,
  messageId: string,
): Promise<{ result: 'started' | 'hurried'; state: MessageState }> {
  const { accountId, state } = await deps.messageList.get(messageId);
  if (state === 'settled') {
    throw new ServiceError('Conflict', 'The message is processed already', {
      fix: 'Only parked, quarantined, skipped and cancelled messages can be run again.',
    });
  }
  const ref = { accountId, messageId };
  if (state === 'parked' || state === 'running' || state === 'awaiting-approval') {
    return { result: await deps.controls.retryMessage(ref), state };
  }
  await restartMessage(deps, ref);
  return { result: 'started', state: 'parked' };
}

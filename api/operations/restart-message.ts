import type { MessageRef } from '../../src/contract/activities.ts';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/**
 * Runs an ended message again. Temporal is asked first: when it is down nothing was changed, and the message
 * stays in quarantine where a person sees it.
 */
export async function restartMessage(
  deps: Pick<ApiDependencies, 'messages' | 'quarantine' | 'controls'>,
  ref: MessageRef,
): Promise<void> {
  const run = await deps.controls.describe(messageWorkflowId(ref.accountId, ref.messageId));
  if (run?.status === 'RUNNING') {
    throw new ServiceError('Conflict', 'Its run is just ending', { fix: 'Try again in a second.' });
  }
  await deps.messages.reopen([ref.messageId]);
  await deps.quarantine.resolveMessage(ref.messageId, 'retried');
  await deps.controls.retryMessage(ref);
}

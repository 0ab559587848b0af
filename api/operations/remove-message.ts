import { setTimeout as wait } from 'node:timers/promises';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 5_000;

/** Deletes a message for good: its run is ended first, and its mailbox cannot bring it back. */
export async function removeMessage(
  deps: Pick<ApiDependencies, 'messageList' | 'tombstones' | 'controls'>,
  messageId: string,
  by: string,
): Promise<void> {
  const { accountId } = await deps.messageList.get(messageId);
  const told = await deps.controls.cancelMessage({ accountId, messageId }, { by, reason: 'deleted' });
  if (told) await awaitEnd(deps, messageWorkflowId(accountId, messageId));
  await deps.tombstones.removeMessage(messageId, by);
}

async function awaitEnd({ controls }: Pick<ApiDependencies, 'controls'>, workflowId: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await controls.describe(workflowId))?.status === 'RUNNING') {
    if (performance.now() > deadline) {
      throw new ServiceError('Unavailable', 'The run of the message was told to end and has not yet', {
        fix: 'Check that a worker runs (`npm run mailroom -- doctor`), then delete it again.',
      });
    }
    await wait(LOOK_AGAIN_MS);
  }
}

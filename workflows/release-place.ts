import { getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';
import { releaseSlot } from '../src/contract/import-batch.ts';
import type { ProcessMessageInput } from '../src/contract/process-message.ts';
import { messageWorkflowId } from '../src/contract/workflow-ids.ts';

/** A batch that is over cannot be told, and need not be. */
export async function releasePlace(input: ProcessMessageInput, reportTo: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(reportTo).signal(
      releaseSlot,
      messageWorkflowId(input.accountId, input.messageId),
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.info('The batch is over; its place need not be released', { batch: reportTo });
  }
}

import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError } from '@temporalio/client';

/** temporal.api.enums.v1.ScheduleOverlapPolicy */
const OVERLAP_SKIP = 1;
/** grpc.io/docs/guides/status-codes */
const NOT_FOUND = 5;

/**
 * Unpauses a schedule and starts it once; nothing when there is none. In one request: of two patches that follow each
 * other at once the server keeps the last.
 */
export async function resumeSchedule(client: Client, scheduleId: string): Promise<void> {
  try {
    await client.workflowService.patchSchedule({
      namespace: client.options.namespace,
      scheduleId,
      requestId: randomUUID(),
      patch: { unpause: 'Resumed', triggerImmediately: { overlapPolicy: OVERLAP_SKIP } },
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
  }
}

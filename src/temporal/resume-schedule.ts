import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError } from '@temporalio/client';

/** temporal.api.enums.v1.ScheduleOverlapPolicy */
const OVERLAP_BUFFER_ONE = 2;
/** grpc.io/docs/guides/status-codes */
const NOT_FOUND = 5;

/**
 * Unpauses a schedule and starts it once, as soon as the run that is alive has ended; nothing when there is none. In one
 * request: of two patches that follow each other at once the server keeps the last.
 */
export async function resumeSchedule(client: Client, scheduleId: string): Promise<void> {
  try {
    await client.workflowService.patchSchedule({
      namespace: client.options.namespace,
      scheduleId,
      requestId: randomUUID(),
      patch: { unpause: 'Resumed', triggerImmediately: { overlapPolicy: OVERLAP_BUFFER_ONE } },
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
  }
}

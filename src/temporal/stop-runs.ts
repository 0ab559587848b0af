import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { toServiceError } from '../../api/controls/to-service-error.ts';

const LOOK_AGAIN_MS = 500;
/** A run that did not end within this time after it was asked to is ended by force. */
const PATIENCE_MS = 30_000;
/** Signals under way at once. */
const AT_ONCE = 20;

/**
 * Ends every run of an account but its removal: a run that is cancelled lets a send that is under way end first.
 * Resolves when none is listed any more.
 */
export async function stopRuns(client: Client, accountId: string, signal: AbortSignal): Promise<void> {
  const query = `ExecutionStatus = 'Running' AND MailroomAccount = '${accountId}' AND WorkflowType != 'removeAccount'`;
  const asked = new Set<string>();
  const since = Date.now();
  try {
    for (;;) {
      signal.throwIfAborted();
      const runs: { workflowId: string; runId: string }[] = [];
      for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: 1000 })) {
        runs.push({ workflowId, runId });
      }
      if (runs.length === 0) return;
      const byForce = Date.now() - since > PATIENCE_MS;
      const due = byForce ? runs : runs.filter(({ runId }) => !asked.has(runId));
      for (let from = 0; from < due.length; from += AT_ONCE) {
        signal.throwIfAborted();
        await Promise.all(due.slice(from, from + AT_ONCE).map((run) => end(client, run, byForce)));
      }
      for (const { runId } of due) asked.add(runId);
      await wait(LOOK_AGAIN_MS, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw toServiceError(error);
  }
}

async function end(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId: string },
  byForce: boolean,
): Promise<void> {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    await (byForce ? handle.terminate('The account was removed') : handle.cancel());
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

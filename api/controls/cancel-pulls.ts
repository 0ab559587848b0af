import type { Client } from '@temporalio/client';
import { ifAlive } from './if-alive.ts';
import { withinLimit } from './within-limit.ts';

/** Ends the pulls of an account, also those of its schedule, whose ids bear their time. False when none was alive. */
export async function cancelPulls(client: Client, limitMs: number, accountId: string): Promise<boolean> {
  const query = `ExecutionStatus = 'Running' AND WorkflowType = 'pullAccount' AND MailroomAccount = '${accountId}'`;
  const runs = await withinLimit(client, limitMs, async () => {
    const handles = [];
    for await (const { workflowId, runId } of client.workflow.list({ query }))
      handles.push(client.workflow.getHandle(workflowId, runId));
    return handles;
  });
  const ended = await Promise.all(
    runs.map((run) => ifAlive(withinLimit(client, limitMs, () => run.cancel()))),
  );
  return ended.some((answer) => answer !== undefined);
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ifAlive } from './if-alive.ts';
import { withinLimit } from './within-limit.ts';

const PATIENCE_MS = 2_000;
const LOOK_MS = 100;

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
  await waitForEnd(client, limitMs, runs);
  return ended.some((answer) => answer !== undefined);
}

/** Whatever starts the next pull would find it alive. A worker that is away or busy is not waited for. */
async function waitForEnd(
  client: Client,
  limitMs: number,
  runs: readonly Pick<WorkflowHandle, 'describe'>[],
): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (const run of runs) {
    while (Date.now() < until) {
      const found = await ifAlive(withinLimit(client, limitMs, () => run.describe()));
      if (found?.status.name !== 'RUNNING') break;
      await wait(LOOK_MS);
    }
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { messageWorkflowId } from '../../../src/contract/workflow-ids.ts';
import type { DrillRoom } from './open-drill-room.ts';

export interface Delivered {
  readonly accountId: string;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const PATIENCE_MS = 180_000;

/** How long each message waited from its delivery to the start of its workflow, in milliseconds. */
export async function awaitStarts(room: DrillRoom, delivered: readonly Delivered[]): Promise<number[]> {
  const waiting = new Map(delivered.map((one) => [one.token, one]));
  const waits: number[] = [];
  const deadline = Date.now() + PATIENCE_MS;
  while (waiting.size > 0) {
    const rows = await room.sql<{ id: string; account_id: string; token: string }[]>`
      select id, account_id, substring(subject from '\\[(.+)\\]$') as token from message
      where substring(subject from '\\[(.+)\\]$') in ${room.sql([...waiting.keys()])}`;
    for (const row of rows) {
      const one = waiting.get(row.token);
      if (one === undefined) continue;
      waiting.delete(row.token);
      const run = room.temporal.workflow.getHandle(messageWorkflowId(row.account_id, row.id));
      waits.push((await run.describe()).startTime.getTime() - one.at);
    }
    if (Date.now() > deadline) throw new Error(`${waiting.size} messages were not started`);
    if (waiting.size > 0) await wait(200);
  }
  return waits;
}

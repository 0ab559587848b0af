import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { expect } from 'vitest';

export type History = temporal.api.history.v1.IHistory;

/** Stands for the text and the addresses of a mail; must be in no history. */
export const MAIL_MARKER = 'marker-of-a-body@customers.example';

/** The most that the run of one message may leave behind, whatever happens to it. */
const MAX_EVENTS = 60;
const MAX_BYTES = 32 * 1024;

/** `absent` are pieces of the mail behind it. */
export async function expectSmallHistory(
  handle: WorkflowHandle,
  maxEvents = MAX_EVENTS,
  absent: readonly string[] = [MAIL_MARKER],
): Promise<void> {
  const history: History = await handle.fetchHistory();
  const bytes = temporal.api.history.v1.History.encode(history).finish();
  expect(history.events?.length, `events of ${handle.workflowId}`).toBeLessThanOrEqual(maxEvents);
  expect(bytes.length, `bytes of ${handle.workflowId}`).toBeLessThanOrEqual(MAX_BYTES);
  for (const piece of absent)
    expect(Buffer.from(bytes).includes(piece), `${piece} in ${handle.workflowId}`).toBe(false);
}

type EventKey = keyof temporal.api.history.v1.IHistoryEvent;

/** Events of a kind, by the name of their attributes. */
export async function countEvents(handle: WorkflowHandle, attributes: EventKey): Promise<number> {
  const history: History = await handle.fetchHistory();
  return (history.events ?? []).filter((event) => event[attributes]).length;
}

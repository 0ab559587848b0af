import { continueAsNew, log, workflowInfo } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { SweepMessagesInput, SweepMessagesResult } from '../src/contract/sweep-messages.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { networkActivity } from './activity-proxies.ts';
import { startDetached } from './start-message.ts';

/** Each page lists anew what runs: large ones keep a sweep after an outage cheap. */
const PAGE = 500;

const findOrphans = networkActivity('findOrphans', { priorityKey: toPriorityKey('HIGH') });

/**
 * Starts again what has not ended and has no run: it was terminated by hand, or Temporal lost it. A run that is alive is
 * never doubled, whatever the search said: the server refuses a second one by its id.
 */
export async function sweepMessages(input: SweepMessagesInput = {}): Promise<SweepMessagesResult> {
  const { graceMs } = policy.workflows;
  let started = input.resumed?.started ?? 0;
  let after = input.resumed?.after;
  for (;;) {
    const { orphans, next } = await findOrphans({ graceMs, maxItems: PAGE, after });
    for (const { accountId, messageId, priority } of orphans) {
      const run = await startDetached({ accountId, messageId }, priority);
      if (run !== undefined) started += 1;
    }
    if (next === undefined) break;
    after = next;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof sweepMessages>({ resumed: { after, started } });
    }
  }
  if (started > 0) log.warn('Messages that had lost their runs were started again', { started });
  return { started };
}

import { describe, expect, test } from 'vitest';
import type { DraftDecision } from '../../../src/contract/process-message.ts';
import {
  createMessageRun,
  type MessageRun,
  refuseDecision,
  toMessageStatus,
} from '../../../workflows/message-run.ts';

const DECISION: DraftDecision = { draftId: 'd1', hash: 'h1', verdict: 'approve', by: 'ada' };

function toWaiting(change: Partial<MessageRun> = {}): MessageRun {
  return {
    ...createMessageRun(),
    stage: 'approval',
    draft: { id: 'd1', hash: 'h1' },
    waitingForApproval: true,
    ...change,
  };
}

describe('a decision', () => {
  test('is taken while the draft that it saw waits', () => {
    expect(refuseDecision(toWaiting(), DECISION)).toBeUndefined();
  });

  test.each([
    ['before there is a draft', createMessageRun(), 'No draft of this message waits for a decision'],
    [
      'when nobody waits for it any more',
      toWaiting({ waitingForApproval: false }),
      'No draft of this message waits for a decision',
    ],
    [
      'on another draft',
      toWaiting({ draft: { id: 'd2', hash: 'h1' } }),
      'Another draft waits for a decision',
    ],
    [
      'on an older text',
      toWaiting({ draft: { id: 'd1', hash: 'h2' } }),
      'The draft was changed after you saw it',
    ],
    [
      'that was taken already',
      toWaiting({ decision: 'reject', waitingForApproval: false }),
      'The draft was decided already',
    ],
  ])('is refused %s', (_when, run, reason) => {
    expect(refuseDecision(run, DECISION)).toBe(reason);
  });
});

describe('the status', () => {
  test('of a new run says that it reads, and nothing that is not known', () => {
    expect(toMessageStatus(createMessageRun())).toEqual({
      stage: 'read',
      category: undefined,
      priority: undefined,
      waitingFor: 'nothing',
      draftId: undefined,
    });
  });

  test('names the draft that waits for a person, not its text or hash', () => {
    expect(toMessageStatus(toWaiting({ category: 'order', priority: 'HIGH' }))).toEqual({
      stage: 'approval',
      category: 'order',
      priority: 'HIGH',
      waitingFor: 'approval',
      draftId: 'd1',
    });
  });
});

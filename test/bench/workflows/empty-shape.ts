import { proxyLocalActivities, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import {
  cancelMessage,
  changePriorityUpdate,
  decideDraftUpdate,
  messageStatus,
  retryNow,
  skipMessage,
} from '../../../src/contract/process-message.ts';
import {
  CATEGORY_ATTRIBUTE,
  OUTCOME_ATTRIBUTE,
  PRIORITY_ATTRIBUTE,
  STAGE_ATTRIBUTE,
} from '../../../src/contract/search-attributes.ts';

const { nothing } = proxyLocalActivities<{ nothing(step: number): Promise<{ step: number }> }>({
  startToCloseTimeout: '30s',
});

/** As many local activities, handlers and search attributes as one message has, and no work in any. */
export async function emptyShape(steps: number): Promise<{ steps: number }> {
  setHandler(messageStatus, () => ({
    stage: 'read',
    category: undefined,
    priority: undefined,
    waitingFor: 'nothing',
    draftId: undefined,
  }));
  setHandler(retryNow, () => undefined);
  setHandler(skipMessage, () => undefined);
  setHandler(cancelMessage, () => undefined);
  setHandler(decideDraftUpdate, () => undefined);
  setHandler(changePriorityUpdate, () => undefined);
  for (let step = 0; step < steps; step += 1) await nothing(step);
  upsertSearchAttributes([
    { key: STAGE_ATTRIBUTE, value: 'settled' },
    { key: CATEGORY_ATTRIBUTE, value: 'other' },
    { key: PRIORITY_ATTRIBUTE, value: 'NORMAL' },
    { key: OUTCOME_ATTRIBUTE, value: 'processed' },
  ]);
  return { steps };
}

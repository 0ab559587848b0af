import type { z } from 'zod';
import type { MessageDetailRow } from '../../db/message-list-store.ts';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { toWorkflowUrl } from '../answers/to-workflow-url.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { Run } from '../schemas/message.ts';

const LIVE: readonly string[] = ['parked', 'running', 'awaiting-approval'];

/** What the message's run says of itself. A Temporal that is down leaves the message readable. */
export async function findRun(
  { controls, config }: Pick<ApiDependencies, 'controls' | 'config'>,
  row: Pick<MessageDetailRow, 'id' | 'accountId' | 'state'>,
): Promise<z.output<typeof Run>> {
  const workflowId = messageWorkflowId(row.accountId, row.id);
  const run = {
    workflowId,
    workflowUrl: toWorkflowUrl(config, workflowId),
    status: 'none' as const,
    stage: null,
    waitingFor: null,
    problem: null,
  };
  if (!LIVE.includes(row.state)) return run;
  try {
    const status = await controls.findMessageStatus({ accountId: row.accountId, messageId: row.id });
    if (status === undefined) return run;
    return { ...run, status: 'running', stage: status.stage, waitingFor: status.waitingFor };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { ...run, status: 'unknown', problem: error.message };
  }
}

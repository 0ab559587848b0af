import type { Client } from '@temporalio/client';
import type { LiveRuns } from '../../activities/dependencies.ts';
import { toServiceError } from '../../api/controls/to-service-error.ts';
import { ACCOUNT_ATTRIBUTE } from '../contract/search-attributes.ts';

const QUERY = `ExecutionStatus = 'Running' AND WorkflowType IN ('processMessage', 'importBatch', 'pullAccount')`;
/** The most that a server hands out at once by default. */
const AT_ONCE = 1000;

/** One request for a thousand runs. The store behind it follows the server by a moment. */
export async function listLiveRuns(client: Client): Promise<LiveRuns> {
  const workflowIds = new Set<string>();
  const pulledAccounts = new Set<string>();
  try {
    for await (const run of client.workflow.list({ query: QUERY, pageSize: AT_ONCE })) {
      if (run.type !== 'pullAccount') workflowIds.add(run.workflowId);
      else pulledAccounts.add(run.typedSearchAttributes.get(ACCOUNT_ATTRIBUTE) ?? '');
    }
  } catch (error) {
    throw toServiceError(error);
  }
  return { workflowIds, pulledAccounts };
}

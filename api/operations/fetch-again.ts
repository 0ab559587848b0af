import { auditWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { assertAuditable } from './assert-auditable.ts';

/**
 * Fetches once more what the mailbox of an account had refused. Its cursor is past that: an audit, which looks at
 * everything, fetches it; one that runs does so before it ends. It is told once, however much is wanted.
 */
export async function fetchAgain(
  { accounts, quarantine, controls }: Pick<ApiDependencies, 'accounts' | 'quarantine' | 'controls'>,
  accountId: string,
  entryIds: readonly number[],
): Promise<void> {
  // Before an entry is closed: one that is paused or removed is not looked through.
  assertAuditable(await accounts.get(accountId));
  // Temporal is asked first: when it is down nothing was changed, and the entries stay where a person sees them.
  await controls.describe(auditWorkflowId(accountId));
  for (const id of entryIds) await quarantine.resolve(id, 'retried');
  await controls.fetchWanted(accountId);
}

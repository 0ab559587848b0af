import type { UpkeepActivities } from '../src/contract/upkeep-activities.ts';
import { hasMailbox } from '../src/domain/has-mailbox.ts';
import { auditMailbox } from './audit-mailbox.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { healMailbox } from './heal-mailbox.ts';
import { noteWait } from './note-wait.ts';
import { removeAccountData } from './remove-account-data.ts';

/** The ledger of whole mailboxes, and the end of whole accounts: minutes each, beside the pulls. */
export function createUpkeepActivities(deps: ActivityDependencies): UpkeepActivities {
  return {
    auditMailbox: (request) => noteWait(deps, request.auditId, auditMailbox(deps, request)),
    healMailbox: (request) => noteWait(deps, request.auditId, healMailbox(deps, request)),
    removeAccountData: (request) => removeAccountData(deps, request),

    async listAuditable() {
      const accounts = await deps.accounts.list();
      return accounts
        .filter((account) => account.state === 'active' && hasMailbox(account))
        .map(({ id }) => id);
    },
  };
}

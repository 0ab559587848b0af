import type { Account } from '../../src/domain/account.ts';
import { hasMailbox } from '../../src/domain/has-mailbox.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Throws Rejected with the exact fault when the mailbox cannot be opened. Before somebody signed in nobody can tell. */
export async function assertOpens(
  { testAccount }: Pick<ApiDependencies, 'testAccount'>,
  account: Account,
  secret: string | undefined,
): Promise<void> {
  if (!hasMailbox(account)) return;
  if (account.oauth?.grant === 'user') return;
  const result = await testAccount(account, { secret });
  if (result.ok) return;
  throw new ServiceError('Rejected', `Its mailbox cannot be opened: ${result.fault}`, {
    fix: `${result.fix ?? 'Mend that.'} \`force\` stores it all the same.`,
  });
}

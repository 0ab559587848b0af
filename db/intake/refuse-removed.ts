import { eq } from 'drizzle-orm';
import { ServiceError } from '../../src/domain/service-error.ts';
import { account } from '../schema/index.ts';
import type { Transaction } from './intake-page.ts';

/** Its data may be deleted already. Held until the page is parked, so that no removal comes between. */
export async function refuseRemoved(tx: Transaction, accountId: string): Promise<void> {
  const [row] = await tx
    .select({ state: account.state })
    .from(account)
    .where(eq(account.id, accountId))
    .for('share');
  if (row?.state !== 'removed') return;
  throw new ServiceError('Conflict', `The account "${accountId}" was removed: nothing is taken in for it`);
}

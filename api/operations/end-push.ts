import type { Account } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Asks the provider to notify us no more. One that does not answer ends the subscription by itself, within days. */
export async function endPush(
  { unsubscribe, logger }: Pick<ApiDependencies, 'unsubscribe' | 'logger'>,
  account: Account,
): Promise<void> {
  try {
    await unsubscribe(account);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    logger.warn({ account: account.id, type: error.type }, 'A subscription could not be ended; it expires');
  }
}

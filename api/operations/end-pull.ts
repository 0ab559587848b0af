import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Ends the pull that runs: it may wait for the mailbox before, up to a day. The schedule starts the next. */
export async function endPull(
  { controls, logger }: Pick<ApiDependencies, 'controls' | 'logger'>,
  accountId: string,
): Promise<void> {
  try {
    await controls.cancelPull(accountId);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    logger.warn(
      { account: accountId, type: error.type },
      'A pull of the mailbox before could not be ended; it ends when its wait is over',
    );
  }
}

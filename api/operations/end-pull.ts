import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Ends the pull that runs: it may be keeping a wait, up to a day, that counts no more. */
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
      'A pull could not be ended; it ends when its wait is over',
    );
  }
}

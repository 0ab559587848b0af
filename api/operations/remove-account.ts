import { REMOVAL_REASONS } from '../../src/domain/removal-reasons.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { endPush } from './end-push.ts';

type Needs = Pick<
  ApiDependencies,
  'accounts' | 'accountRemovals' | 'schedules' | 'controls' | 'unsubscribe' | 'logger'
>;

export interface RemovalChoice {
  readonly data: 'keep' | 'delete';
  /** With delete: the id once more. */
  readonly confirm?: string | undefined;
}

/** Reads an account no more; its mail stays readable, or a run deletes all that is stored of it. */
export async function removeAccount(
  deps: Needs,
  id: string,
  { data, confirm }: RemovalChoice,
): Promise<void> {
  const account = await deps.accounts.get(id);
  if (data === 'delete' && confirm !== id) {
    throw new ServiceError(
      'InvalidInput',
      `This deletes all mail of the account "${id}" and cannot be undone`,
      {
        fix: `Confirm it with the id: confirm=${id}`,
      },
    );
  }
  if (account.state !== 'removed') await endPush(deps, account);
  await deps.schedules.remove(id);
  await deps.accountRemovals.retire(id, REMOVAL_REASONS[data]);
  if (data === 'delete') await deps.controls.removeAccount(id);
}

import type { Account } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { NewAccount } from '../schemas/account.ts';
import { ensureSchedule } from './ensure-schedule.ts';
import { sealSecret } from './seal-secret.ts';
import { toConnection } from './to-connection.ts';
import { toLimits, toWriteBack } from './to-limits.ts';

/** Stores an account with its sealed secret; its schedule is made when its mode asks for one. */
export async function addAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'schedules' | 'sealer'>,
  body: NewAccount,
): Promise<void> {
  const account = toAccount(body);
  const secret = 'secret' in body ? body.secret : undefined;
  await deps.accounts.add(account, sealSecret(deps.sealer, account.id, secret)).catch(async (error) => {
    if (!(error instanceof ServiceError) || error.type !== 'Conflict') throw error;
    throw toConflict(account.id, (await deps.accounts.find(account.id))?.state === 'removed', error);
  });
  if (account.mode !== 'manual')
    await ensureSchedule(deps, account, 'The account is stored without its schedule');
}

function toConflict(id: string, isRemoved: boolean, cause: ServiceError): ServiceError {
  if (!isRemoved) {
    return new ServiceError('Conflict', `There is an account "${id}" already`, {
      fix: 'Choose another id.',
      cause,
    });
  }
  return new ServiceError('Conflict', `The account "${id}" was removed and its mail is still there`, {
    fix: `Choose another id, or delete its mail first: DELETE /api/accounts/${id}?data=delete&confirm=${id}`,
    cause,
  });
}

/** As it would be stored; also for a test before anything is. */
export function toAccount(body: NewAccount): Account {
  return {
    ...toConnection(body, body.mode).connection,
    id: body.id,
    name: body.name,
    address: body.address.toLowerCase(),
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: body.pullEverySeconds ?? 60,
    limits: toLimits(body.limits),
    writeBack: toWriteBack(body.writeBack),
    push: body.push ?? true,
    modelSeesPii: body.modelSeesPii,
    modelTokensPerDay: body.modelTokensPerDay,
  };
}

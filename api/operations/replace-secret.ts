import { ServiceError } from '../../src/domain/service-error.ts';
import { wasPausedByPull } from '../../src/domain/was-refused.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { assertOpens } from './assert-opens.ts';
import { getAccountInUse } from './get-account-in-use.ts';
import { resumeAccount } from './resume-account.ts';
import { sealSecret } from './seal-secret.ts';

type Needs = Pick<ApiDependencies, 'accounts' | 'controls' | 'schedules' | 'sealer' | 'testAccount'>;

/**
 * A new password, tried first unless it is forced. An account that was paused because the one before was refused is read
 * again; one that a person paused stays so. Answers whether it was resumed.
 */
export async function replaceSecret(
  deps: Needs,
  id: string,
  { secret, force }: { readonly secret: string; readonly force: boolean },
): Promise<boolean> {
  const account = await getAccountInUse(deps, id);
  if (account.kind === 'files') {
    throw new ServiceError('InvalidInput', `Account "${id}" reads files and has no password`, {
      fix: 'Name an account that logs in: `npm run mailroom -- account list`.',
    });
  }
  if (!force) await assertOpens(deps, account, secret);
  const sealed = sealSecret(deps.sealer, id, secret);
  if (sealed !== undefined) await deps.accounts.replaceSecret(id, sealed);
  const wasRefused = wasPausedByPull(account);
  if (wasRefused) await resumeAccount(deps, id);
  return wasRefused;
}

import { randomUUID } from 'node:crypto';
import type { Account } from '../../src/domain/account.ts';
import { wasPausedByPull } from '../../src/domain/was-refused.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { NewConnection } from '../schemas/account.ts';
import { assertOpens } from './assert-opens.ts';
import { endPull } from './end-pull.ts';
import { endPush } from './end-push.ts';
import { ensureSchedule } from './ensure-schedule.ts';
import { getAccountInUse } from './get-account-in-use.ts';
import { resumeAccount } from './resume-account.ts';
import { sealSecret } from './seal-secret.ts';
import { toConnection } from './to-connection.ts';

type Needs = Pick<
  ApiDependencies,
  | 'accounts'
  | 'accountSettings'
  | 'controls'
  | 'schedules'
  | 'sealer'
  | 'testAccount'
  | 'unsubscribe'
  | 'logger'
>;

/**
 * Lets an account read another mailbox. Its mail stays; what the new mailbox holds of it is known by its content. One that
 * was paused because the mailbox before refused us is read again; one that a person paused stays so.
 */
export async function switchConnection(deps: Needs, id: string, body: NewConnection): Promise<void> {
  const before = await getAccountInUse(deps, id);
  const { connection, secret } = toConnection(body, before.mode === 'manual' ? undefined : before.mode);
  // One that is pulled by hand only goes on so; imports become a mailbox that is read.
  const mode = before.mode === 'manual' && before.imap !== undefined ? 'manual' : connection.mode;
  const account: Account = { ...before, ...connection, mode };
  if (!body.force) await assertOpens(deps, account, secret);
  await endPush(deps, before);
  await deps.accountSettings.switchConnection(
    id,
    { ...connection, mode },
    sealSecret(deps.sealer, id, secret),
    randomUUID(),
  );
  await endPull(deps, id);
  // It was the mailbox before that had refused us.
  if (wasPausedByPull(before)) return resumeAccount(deps, id);
  await ensureSchedule(deps, account, 'The mailbox is switched, the schedule is as it was', true);
}

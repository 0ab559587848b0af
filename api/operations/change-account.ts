import type { AccountSettings } from '../../db/account-settings-store.ts';
import type { AccountRow } from '../../db/account-store.ts';
import { hasMailbox } from '../../src/domain/has-mailbox.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { AccountChange } from '../schemas/account-settings.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { endPush } from './end-push.ts';
import { ensureSchedule } from './ensure-schedule.ts';
import { getAccountInUse } from './get-account-in-use.ts';
import { toLimits, toWriteBack } from './to-limits.ts';

/** Changes settings of an account that goes on reading the same mailbox; its schedule and its subscription follow. */
export async function changeAccount(
  deps: Pick<
    ApiDependencies,
    'accounts' | 'accountSettings' | 'schedules' | 'push' | 'unsubscribe' | 'logger'
  >,
  id: string,
  body: AccountChange,
): Promise<void> {
  const account = await getAccountInUse(deps, id);
  await deps.accountSettings.change(id, toSettings(account, body));
  if (body.mode === 'manual' || body.push === false) {
    await endPush(deps, account);
    await deps.push.remove(id);
  } else if (body.folders !== undefined || body.labels !== undefined) {
    // It names what is watched: the next pull asks anew.
    await deps.push.expire(id);
  }
  if (body.mode === undefined && body.pullEverySeconds === undefined) return;
  await ensureSchedule(
    deps,
    { ...account, ...withoutUndefined({ mode: body.mode, pullEverySeconds: body.pullEverySeconds }) },
    'The change is stored, the schedule is as it was',
  );
}

function toSettings(account: AccountRow, body: AccountChange): Partial<AccountSettings> {
  const { name, mode, pullEverySeconds, push, modelSeesPii } = body;
  if (!hasMailbox(account) && (mode ?? 'manual') !== 'manual') {
    throw new ServiceError(
      'InvalidInput',
      `The account "${account.id}" holds imports and has nothing to pull`,
      {
        fix: `Give it a folder first: PUT /api/accounts/${account.id}/connection {"kind":"files","files":{"path":"/mail"}}`,
      },
    );
  }
  return {
    ...withoutUndefined({
      name,
      address: body.address?.toLowerCase(),
      mode,
      pullEverySeconds,
      push,
      modelSeesPii,
    }),
    ...toPlaces(account, body),
    ...(body.limits === undefined ? {} : { limits: toLimits(body.limits, account.limits) }),
    ...(body.writeBack === undefined ? {} : { writeBack: toWriteBack(body.writeBack, account.writeBack) }),
  };
}

function toPlaces(
  { kind, imap, graph, gmail }: AccountRow,
  { folders, labels }: AccountChange,
): Partial<AccountSettings> {
  if (folders !== undefined && imap === undefined && graph === undefined) {
    throw new ServiceError('InvalidInput', `An account of kind ${kind} has no \`folders\``, {
      fix: kind === 'gmail' ? 'Use `labels`.' : 'It reads all that is in its folder.',
    });
  }
  if (labels !== undefined && gmail === undefined) {
    throw new ServiceError('InvalidInput', `An account of kind ${kind} has no \`labels\``, {
      fix: kind === 'files' ? 'It reads all that is in its folder.' : 'Use `folders`.',
    });
  }
  return {
    ...(folders && imap ? { imap: { ...imap, folders } } : {}),
    ...(folders && graph ? { graph: { ...graph, folders } } : {}),
    ...(labels && gmail ? { gmail: { ...gmail, labels } } : {}),
  };
}

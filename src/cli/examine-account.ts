import type { AccountRow } from '../../db/account-store.ts';
import { createAccountTester } from '../create-account-tester.ts';
import { hasMailbox } from '../domain/has-mailbox.ts';
import { describeWait, findWait } from '../domain/provider-wait.ts';
import { splitPullError } from '../domain/pull-error.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';

const LIMIT_MS = 10_000;

/** Whether an account can be read: its state, what it logs in with, and a look into its mailbox. */
export async function examineAccount(context: Context, account: AccountRow): Promise<string> {
  const { id, kind, mode, state, stateReason, lastPullError } = account;
  if (state === 'removed') return 'removed, its mail is kept';
  const now = new Date();
  const { wait } = (await context.stores.accountFacts.count(id)).get(id) ?? { wait: undefined };
  const asked = findWait({ ...account, wait }, now);
  // Whoever asks in the wait may be told to wait for longer.
  const isLeftAlone = asked?.inForce === true || (await context.stores.accounts.findWait(id)) !== undefined;
  if (hasMailbox(account) && !isLeftAlone) await assertReadable(context, account);
  if (state === 'paused') {
    throw new ServiceError('Conflict', `It is paused: ${stateReason ?? 'no reason given'}`, {
      fix: `Mend that, then: npm run mailroom -- account resume ${id}`,
    });
  }
  if (asked?.inForce === true) return describeWait(asked, now);
  if (lastPullError !== undefined) {
    const { reason, fix } = splitPullError(lastPullError);
    throw new ServiceError('Unavailable', `Its last pull failed: ${reason}`, {
      fix: `${fix === undefined ? '' : `${fix} `}It is tried again by itself; at once: npm run mailroom -- pull ${id}`,
    });
  }
  return `${kind}, ${mode}, ${state}`;
}

async function assertReadable(context: Context, account: AccountRow): Promise<void> {
  const { id, oauth } = account;
  const result = await createAccountTester(context)(account, undefined, { limitMs: LIMIT_MS });
  if (result.ok) return;
  const isOther = result.type === 'Internal';
  if (oauth !== undefined || !(isOther || result.type === 'AuthenticationFailed')) {
    throw new ServiceError(result.type, result.fault, result.fix === undefined ? {} : { fix: result.fix });
  }
  const fault = isOther ? 'Its password was stored with another key (MAILROOM_SECRET_KEYS)' : result.fault;
  throw new ServiceError('AuthenticationFailed', fault, {
    fix: `npm run mailroom -- account password ${id} --password-file FILE, then: npm run mailroom -- account resume ${id}`,
  });
}

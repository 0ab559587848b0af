import { setTimeout as wait } from 'node:timers/promises';
import type { AccountRow } from '../../db/account-store.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { tryLogin } from './account-login.ts';

const LIMIT_MS = 10_000;

/** Whether an account can be read: its state, its stored password, and a login with it. */
export async function examineAccount({ stores, sealer }: Context, account: AccountRow): Promise<string> {
  const { id, kind, mode, state, stateReason, lastPullError } = account;
  if (account.imap !== undefined) {
    const sealed = await stores.accounts.findSecret(id);
    if (sealed === undefined) throw passwordTrouble(id, 'It has no password');
    const secret = openSecret(sealer, id, sealed);
    await Promise.race([tryLogin(account, secret), giveUp()]).catch((error: unknown) => {
      if (!(error instanceof ServiceError) || error.type !== 'AuthenticationFailed') throw error;
      throw passwordTrouble(id, error.message, error);
    });
  }
  if (state === 'paused') {
    throw new ServiceError('Conflict', `It is paused: ${stateReason ?? 'no reason given'}`, {
      fix: `Mend that, then: npm run mailroom -- account resume ${id}`,
    });
  }
  if (lastPullError !== undefined) {
    throw new ServiceError('Unavailable', `Its last pull failed: ${lastPullError}`, {
      fix: `It is tried again by itself; at once: npm run mailroom -- pull ${id}`,
    });
  }
  return `${kind}, ${mode}, ${state}`;
}

function openSecret(sealer: Context['sealer'], id: string, sealed: Uint8Array): string {
  try {
    return Buffer.from(sealer.open(sealed, `account/secret/${id}`)).toString('utf8');
  } catch (cause) {
    throw passwordTrouble(id, 'Its password was stored with another key (MAILROOM_SECRET_KEYS)', cause);
  }
}

function passwordTrouble(id: string, what: string, cause?: unknown): ServiceError {
  return new ServiceError('AuthenticationFailed', what, {
    fix: `npm run mailroom -- account password ${id} --password-file FILE, then: npm run mailroom -- account resume ${id}`,
    cause,
  });
}

async function giveUp(): Promise<never> {
  await wait(LIMIT_MS, undefined, { ref: false });
  throw new ServiceError('Unavailable', `Its server does not answer within ${LIMIT_MS / 1000} s`, {
    fix: 'Check that its host and port can be reached from here.',
  });
}

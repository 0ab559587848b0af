import { setTimeout as wait } from 'node:timers/promises';
import { awaitStarts } from './await-starts.ts';
import { addAccounts, createImapMailbox } from './create-mailboxes.ts';
import { createMails } from './create-mails.ts';
import type { DrillRoom } from './open-drill-room.ts';

export interface PasswordResult {
  /** What the owner of the account is told; empty: nothing. */
  readonly passwordReason: string;
  readonly brokenIsPaused: boolean;
  readonly othersStarted: number;
  readonly othersPaused: number;
}

interface Account {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
}

const PATIENCE_MS = 90_000;
const OTHERS = 5;

/** The password of one account is changed at its provider; the others go on. */
export async function runPassword(room: DrillRoom, seed: number): Promise<PasswordResult> {
  const { dovecot, dovecotProxy } = room.providers;
  const mailboxes = Array.from({ length: OTHERS + 1 }, (_, n) => createImapMailbox(room, `secret-${n}`));
  await addAccounts(room, mailboxes);
  for (const { accountId } of mailboxes) await room.call('POST', `/accounts/${accountId}/pull`);
  await wait(3_000);
  const [broken, ...others] = mailboxes;
  if (broken === undefined) throw new Error('No mailbox');
  dovecot.addUser(broken.accountId, 'another one');
  dovecotProxy.cutAll();
  const mails = createMails(`secret-${seed}`, OTHERS, seed);
  const delivered = await Promise.all(
    others.map(async (mailbox, n) => {
      const { token = '', raw } = mails[n] ?? {};
      await mailbox.deliver(raw === undefined ? [] : [raw]);
      return { accountId: mailbox.accountId, token, at: Date.now() };
    }),
  );
  for (const { accountId } of mailboxes) await room.call('POST', `/accounts/${accountId}/pull`);
  const started = (await awaitStarts(room, delivered)).length;
  const deadline = Date.now() + PATIENCE_MS;
  let account = await room.call<Account>('GET', `/accounts/${broken.accountId}`);
  while (account.state !== 'paused' && Date.now() < deadline) {
    await wait(500);
    account = await room.call<Account>('GET', `/accounts/${broken.accountId}`);
  }
  const { items } = await room.call<{ items: Account[] }>('GET', '/accounts');
  const ids = new Set(others.map(({ accountId }) => accountId));
  return {
    passwordReason: account.stateReason ?? '',
    brokenIsPaused: account.state === 'paused',
    othersStarted: started,
    othersPaused: items.filter(({ id, state }) => ids.has(id) && state === 'paused').length,
  };
}

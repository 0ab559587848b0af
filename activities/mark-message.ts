import type { MessageRef } from '../src/contract/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { runErrand } from './run-errand.ts';

/** Marks a message in its mailbox as the account asks for. Doing it twice is doing it once; what is gone stays gone. */
export async function markMessage(
  deps: ActivityDependencies,
  { accountId, messageId }: MessageRef,
): Promise<void> {
  const account = await deps.accounts.get(accountId);
  const { writeBack } = account;
  const providerKey = await deps.messages.findPulledKey(messageId);
  if (writeBack === undefined || providerKey === undefined || account.state !== 'active') return;
  await runErrand(deps, account, (mailbox, signal) => mailbox.mark(providerKey, writeBack, signal));
}

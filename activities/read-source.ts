import { Context } from '@temporalio/activity';
import { keepStaffForward } from '../src/domain/forwarded-from.ts';
import type { MessageEnd } from '../src/domain/message-end.ts';
import { markOwnMail } from '../src/domain/own-mail.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Remembered } from './message-memory.ts';

/** Reads a message from its sealed source, which never changes: what was read and is not on record yet is read again. */
export async function readSource(
  deps: ActivityDependencies,
  messageId: string,
): Promise<Remembered & { readonly ended: MessageEnd | undefined; readonly marks: boolean }> {
  const { sealed, sha256, account, receivedAt, ended, marks, ...chosen } =
    await deps.messages.getSource(messageId);
  const source = deps.sealer.open(sealed, `source/bytes/${sha256}`);
  const read = await deps.readView(source, account, Context.current().cancellationSignal);
  const view = markOwnMail(keepStaffForward(read, account.address), account.address);
  return { view, account, receivedAt, ended, marks, ...chosen };
}

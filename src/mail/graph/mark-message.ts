import type { Message } from '@microsoft/microsoft-graph-types';
import type { MailboxMark } from '../mailbox.ts';
import type { GraphRequest, GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import { findId } from './find-id.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { isItemGone } from './to-service-error.ts';

const FIELDS: readonly (keyof Message)[] = ['isRead', 'categories', 'parentFolderId'];
const WRITE = 'Mail.ReadWrite';

/** Changes only what is not so yet. The immutable id stays when the message is moved. */
export async function markMessage(
  session: GraphSession,
  providerKey: string,
  mark: MailboxMark,
  signal: AbortSignal,
): Promise<boolean> {
  const id = await findId(session, providerKey, signal);
  if (id === undefined) return false;
  const path = toMailboxPath(session.settings, 'messages', id);
  // A target folder that is missing is no missing message.
  const target = mark.folder === undefined ? undefined : (await findFolder(session, mark.folder, signal)).id;
  const ask = (request: Omit<GraphRequest, 'signal' | 'permission'>) =>
    session.sendJson({ ...request, signal, permission: WRITE });
  try {
    const now: Message = await ask({ path: `${path}?$select=${FIELDS.join(',')}` });
    const change = toChange(now, mark);
    if (change !== undefined) await ask({ method: 'PATCH', path, body: change });
    if (target !== undefined && target !== now.parentFolderId) {
      await ask({ method: 'POST', path: `${path}/move`, body: { destinationId: target } });
    }
    return true;
  } catch (error) {
    if (isItemGone(error)) return false;
    throw error;
  }
}

function toChange(now: Message, { seen, label }: MailboxMark): Partial<Message> | undefined {
  const categories = now.categories ?? [];
  const isLabelled = label === undefined || categories.includes(label);
  if ((!seen || now.isRead === true) && isLabelled) return undefined;
  return {
    ...(seen ? { isRead: true } : {}),
    ...(isLabelled ? {} : { categories: [...categories, label] }),
  };
}

import type { gmail_v1 } from '@googleapis/gmail';
import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { isHistoryId, laterHistoryId } from './gmail-cursor.ts';

export interface HistoryPage {
  /** Messages that came into the chosen labels, oldest change first. */
  readonly arrived: readonly string[];
  /** Messages that left them, or were deleted. */
  readonly left: readonly string[];
  /** The last change of this page; the one asked from when there was none. Never what the mailbox stands at. */
  readonly historyId: string;
  readonly complete: boolean;
  /** The server's clock. */
  readonly at: Date;
}

/** In a row. */
const MAX_EMPTY = 200;

type Change = 'arrived' | 'left' | undefined;
const PUT_ASIDE = ['TRASH', 'SPAM'];

/**
 * The next changes after `start`. Asked without a label: a record of a label that was taken off need not bear it,
 * and one walk serves all labels. Throws NotFound when Gmail no longer knows `start`.
 * Source: https://developers.google.com/workspace/gmail/api/guides/sync
 */
export async function readHistory(
  session: GmailSession,
  start: string,
  chosen: ReadonlySet<string>,
  maxRecords: number,
  signal: AbortSignal,
): Promise<HistoryPage> {
  const ask = (pageToken?: string) =>
    session.call(signal, (users, options) =>
      users.history.list(
        {
          userId: 'me',
          startHistoryId: start,
          historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
          maxResults: Math.min(Math.max(maxRecords, 1), 500),
          ...(pageToken !== undefined && { pageToken }),
        },
        options,
      ),
    );
  let { data, at } = await ask();
  // Records of other types may fill a page, which is then empty: the next one is asked for by its token.
  for (let pages = 1; !data.history?.length && data.nextPageToken; pages++) {
    if (pages > MAX_EMPTY)
      throw new ServiceError('Unavailable', 'Gmail sent nothing but empty pages of its history.');
    ({ data, at } = await ask(data.nextPageToken));
  }
  const changes = new Map<string, Change>();
  const note = (message: gmail_v1.Schema$Message | undefined, change: Change) => {
    if (!message?.id || change === undefined) return;
    // To the end: what came back after it had left is read after the others.
    changes.delete(message.id);
    changes.set(message.id, change);
  };
  let historyId = start;
  for (const record of data.history ?? []) {
    for (const { message } of record.messagesAdded ?? []) note(message, bearsChosen(message, chosen));
    for (const { message, labelIds } of record.labelsAdded ?? [])
      note(message, judgeAdded(labelIds ?? [], chosen));
    for (const { message, labelIds } of record.labelsRemoved ?? []) {
      note(message, judgeRemoved(message, labelIds ?? [], chosen));
    }
    for (const { message } of record.messagesDeleted ?? []) note(message, 'left');
    if (isHistoryId(record.id)) historyId = laterHistoryId(historyId, record.id);
  }
  const all = (wanted: Change) => [...changes].filter(([, change]) => change === wanted).map(([id]) => id);
  return { arrived: all('arrived'), left: all('left'), historyId, complete: !data.nextPageToken, at };
}

/** Without labels in the record the message itself will tell. */
function bearsChosen(message: gmail_v1.Schema$Message | undefined, chosen: ReadonlySet<string>): Change {
  const { labelIds } = message ?? {};
  return !labelIds || labelIds.some((id) => chosen.has(id)) ? 'arrived' : undefined;
}

function judgeAdded(added: readonly string[], chosen: ReadonlySet<string>): Change {
  if (added.some((id) => chosen.has(id))) return 'arrived';
  return added.some((id) => PUT_ASIDE.includes(id)) ? 'left' : undefined;
}

function judgeRemoved(
  message: gmail_v1.Schema$Message | undefined,
  removed: readonly string[],
  chosen: ReadonlySet<string>,
): Change {
  const stays = message?.labelIds?.some((id) => chosen.has(id));
  if (removed.some((id) => chosen.has(id))) return stays === true ? undefined : 'left';
  return removed.some((id) => PUT_ASIDE.includes(id)) && stays !== false ? 'arrived' : undefined;
}

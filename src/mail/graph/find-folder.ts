import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { isObject } from '../../domain/is-object.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { toOwnPath } from './to-own-path.ts';
import { isItemGone } from './to-service-error.ts';

export interface GraphFolder {
  readonly id: string;
  readonly displayName: string;
  /** Messages in it; undefined when Graph does not tell. */
  readonly total: number | undefined;
}

/** learn.microsoft.com/graph/api/resources/mailfolder: names that hold in every language. */
const WELL_KNOWN = new Set([
  ...['archive', 'clutter', 'conflicts', 'conversationhistory', 'deleteditems', 'drafts', 'inbox'],
  ...['junkemail', 'localfailures', 'msgfolderroot', 'outbox', 'recoverableitemsdeletions', 'scheduled'],
  ...['searchfolders', 'sentitems', 'serverfailures', 'syncissues'],
]);
const ID = /^[A-Za-z0-9_=-]{60,}$/;
const SELECT: readonly (keyof MailFolder)[] = ['id', 'displayName', 'totalItemCount'];
/** A page may hold nothing and lead on (learn.microsoft.com/graph/paging). */
const MOST_PAGES = 20;
const QUERY = `$select=${SELECT.join(',')}`;

/**
 * A folder by its well-known name, its id, or the path of its display names (`Inbox/Orders`), whose first part
 * may be a well-known name. Throws NotFound naming the part that is not there.
 */
export async function findFolder(
  session: GraphSession,
  name: string,
  signal: AbortSignal,
): Promise<GraphFolder> {
  const whole = await findDirectly(session, name, signal);
  if (whole !== undefined) return whole;
  const [first = '', ...below] = name.split('/').filter((part) => part.trim() !== '');
  let folder =
    (below.length > 0 ? await findDirectly(session, first, signal) : undefined) ??
    (await findByName(session, undefined, first, signal));
  for (const part of below) folder = folder && (await findByName(session, folder.id, part, signal));
  if (folder !== undefined) return folder;
  throw new ServiceError('NotFound', `There is no folder "${name}" in the mailbox.`, {
    fix: 'Name a well-known folder (inbox, archive), a path of names (Inbox/Orders), or an id.',
  });
}

/** By a well-known name, or by an id. */
async function findDirectly(
  session: GraphSession,
  name: string,
  signal: AbortSignal,
): Promise<GraphFolder | undefined> {
  const wellKnown = name.toLowerCase();
  const key = WELL_KNOWN.has(wellKnown) ? wellKnown : ID.test(name) ? name : undefined;
  if (key === undefined) return undefined;
  try {
    const path = `${toMailboxPath(session.settings, 'mailFolders', key)}?${QUERY}`;
    return toFolder(await session.sendJson({ path, signal }));
  } catch (error) {
    // It may still be what someone called a folder.
    if (isItemGone(error)) return undefined;
    throw error;
  }
}

async function findByName(
  session: GraphSession,
  parent: string | undefined,
  name: string,
  signal: AbortSignal,
): Promise<GraphFolder | undefined> {
  const below = parent === undefined ? ['mailFolders'] : ['mailFolders', parent, 'childFolders'];
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
  let path = `${toMailboxPath(session.settings, ...below)}?${QUERY}&$filter=${filter}`;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { value, '@odata.nextLink': next } = await session.sendJson({ path, signal });
    const found = Array.isArray(value) ? toFolder(value[0]) : undefined;
    if (found !== undefined || typeof next !== 'string') return found;
    path = toOwnPath(next, session.settings.baseUrl);
  }
  return undefined;
}

function toFolder(value: unknown): GraphFolder | undefined {
  if (!isObject(value) || typeof value.id !== 'string') return undefined;
  const { id, displayName, totalItemCount: total } = value;
  return {
    id,
    displayName: typeof displayName === 'string' ? displayName : id,
    total: typeof total === 'number' ? total : undefined,
  };
}

import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';

export interface IdPage {
  readonly ids: readonly string[];
  /** undefined: this was the last page. */
  readonly nextPageToken: string | undefined;
}

export interface IdQuery {
  /** Messages that bear all of these. */
  readonly labelIds: readonly string[];
  /** Received after this second since 1970. */
  readonly after?: number | undefined;
  readonly pageToken?: string | undefined;
}

const PAGE = 500;

/** A page of message ids, newest first. A token that is not taken any more begins from the newest again. */
export async function listIds(session: GmailSession, query: IdQuery, signal: AbortSignal): Promise<IdPage> {
  const { labelIds, after, pageToken } = query;
  const ask = (token: string | undefined) =>
    session.call(signal, (users, options) =>
      users.messages.list(
        {
          userId: 'me',
          labelIds: [...labelIds],
          maxResults: PAGE,
          includeSpamTrash: labelIds.includes('SPAM') || labelIds.includes('TRASH'),
          ...(after === undefined ? {} : { q: `after:${after}` }),
          ...(token === undefined ? {} : { pageToken: token }),
        },
        options,
      ),
    );
  const { data } = await ask(pageToken).catch((error: unknown) => {
    const stale = pageToken !== undefined && error instanceof ServiceError && error.type === 'InvalidInput';
    if (stale) return ask(undefined);
    throw error;
  });
  const ids = (data.messages ?? []).flatMap(({ id }) => (id ? [id] : []));
  // A token that leads to itself would be followed for ever.
  const next = data.nextPageToken ?? undefined;
  return { ids, nextPageToken: next === pageToken ? undefined : next };
}

/** All ids of a query. */
export async function listAllIds(
  session: GmailSession,
  query: Omit<IdQuery, 'pageToken'>,
  signal: AbortSignal,
  onPage: (ids: readonly string[]) => void,
): Promise<Set<string>> {
  const all = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await listIds(session, { ...query, pageToken }, signal);
    for (const id of page.ids) all.add(id);
    onPage(page.ids);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return all;
}

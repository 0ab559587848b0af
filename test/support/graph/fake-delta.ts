import { type FakeAnswer, refuse } from './fake-answer.ts';
import type { FakeFolder, FakeMailbox, FakeMessage } from './fake-mailbox.ts';
import { toMessageJson } from './to-message-json.ts';

/** What a token stands for; Graph keeps the parameters of the first request within it. */
interface Round {
  readonly folderId: string;
  readonly filter: Date | undefined;
  readonly expand: boolean;
  /** Changes up to this number are told when the round ends. */
  readonly until: number;
  readonly entries: readonly RoundEntry[];
  readonly offset: number;
  /** Set on the token of a round that is over. */
  readonly isDelta: boolean;
}

interface RoundEntry {
  readonly kind: 'message' | 'removed' | 'touched';
  readonly immutableId: string;
  readonly restId: string;
}

export interface DeltaCall {
  readonly mailbox: FakeMailbox;
  readonly folder: FakeFolder;
  readonly query: URLSearchParams;
  readonly pageSize: number;
  readonly immutable: boolean;
  /** `https://host/v1.0/users/x/mailFolders('id')/messages/delta`. */
  readonly url: string;
}

export type FakeDelta = ReturnType<typeof createFakeDelta>;

/** Delta queries of messages (learn.microsoft.com/graph/delta-query-messages). */
export function createFakeDelta({ filteredLimit }: { readonly filteredLimit: number }) {
  const rounds = new Map<string, Round>();
  let tokens = 0;
  let refused = 0;

  const keep = (round: Round): string => {
    const token = `t${++tokens}-${'x'.repeat(80)}`;
    rounds.set(token, round);
    return token;
  };

  return {
    /** Every token that was given out is too old from now on. */
    expire(): void {
      rounds.clear();
    },

    /** How many links were too old when they came. */
    refused: () => refused,

    answer(call: DeltaCall): FakeAnswer {
      const { mailbox, folder, query, pageSize, immutable, url } = call;
      const token = query.get('$skiptoken') ?? query.get('$deltatoken');
      const known = token === null ? undefined : rounds.get(token);
      if (token !== null && known?.folderId !== folder.id) {
        refused += 1;
        return refuse(
          410,
          'SyncStateNotFound',
          'The sync state generation is not found; continuation is lost.',
          {
            location: url,
          },
        );
      }
      const filter = toFilter(query.get('$filter'));
      if (filter === 'bad') return refuse(400, 'ErrorInvalidUrlQueryFilter', 'The $filter is not supported.');
      const order = query.get('$orderby');
      if (order !== null && order !== 'receivedDateTime desc') {
        return refuse(400, 'ErrorInvalidUrlQuery', 'The $orderby is not supported.');
      }
      const newestFirst = order !== null;
      const round =
        known === undefined
          ? startRound(mailbox, folder, { filter, expand: query.has('$expand'), filteredLimit, newestFirst })
          : known.isDelta
            ? nextRound(mailbox, folder, known)
            : known;
      const { entries, offset, expand } = round;
      const end = offset + pageSize;
      const value = entries
        .slice(offset, end)
        .flatMap((entry) => toJson(mailbox, folder, entry, immutable, expand));
      const isLast = end >= entries.length;
      const next = keep({ ...round, offset: end, isDelta: isLast });
      const link = isLast
        ? { '@odata.deltaLink': `${url}?$deltatoken=${next}` }
        : { '@odata.nextLink': `${url}?$skiptoken=${next}` };
      return { status: 200, json: { '@odata.context': 'messages', ...link, value } };
    },
  };
}

interface RoundStart {
  readonly filter: Date | undefined;
  readonly expand: boolean;
  readonly filteredLimit: number;
  readonly newestFirst: boolean;
}

function startRound(mailbox: FakeMailbox, folder: FakeFolder, start: RoundStart): Round {
  const { filter, expand, filteredLimit, newestFirst } = start;
  const messages = [...mailbox.messages.values()].filter(
    (message) => message.folderId === folder.id && fits(message, filter),
  );
  if (newestFirst) messages.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  const entries = messages
    .slice(0, filter === undefined ? undefined : filteredLimit)
    .map(({ immutableId, restId }) => ({ kind: 'message' as const, immutableId, restId }));
  const { seq: until } = mailbox;
  return { folderId: folder.id, filter, expand, until, entries, offset: 0, isDelta: false };
}

function nextRound(mailbox: FakeMailbox, folder: FakeFolder, before: Round): Round {
  const changed = new Map<string, { created: boolean; restId: string }>();
  for (let index = folder.log.length - 1; index >= 0; index--) {
    const change = folder.log[index];
    if (change === undefined || change.seq <= before.until) break;
    const { immutableId, restId } = change;
    const seen = changed.get(immutableId) ?? { created: false, restId };
    changed.set(immutableId, { ...seen, created: seen.created || change.kind === 'created' });
  }
  const entries: RoundEntry[] = [];
  for (const [immutableId, { created, restId }] of changed) {
    const message = mailbox.messages.get(immutableId);
    if (message?.folderId !== folder.id) entries.push({ kind: 'removed', immutableId, restId });
    else if (fits(message, before.filter)) entries.push({ kind: 'message', immutableId, restId });
    // The filter does not hold back changes of a read mark, which come without the other properties.
    else if (!created) entries.push({ kind: 'touched', immutableId, restId });
  }
  return { ...before, until: mailbox.seq, entries, offset: 0, isDelta: false };
}

function toJson(
  mailbox: FakeMailbox,
  folder: FakeFolder,
  entry: RoundEntry,
  immutable: boolean,
  expand: boolean,
): readonly object[] {
  const id = immutable ? entry.immutableId : entry.restId;
  if (entry.kind === 'removed') {
    return [{ '@odata.type': '#microsoft.graph.message', id, '@removed': { reason: 'deleted' } }];
  }
  const message = mailbox.messages.get(entry.immutableId);
  // Gone or moved since the round began: the next round tells.
  if (message?.folderId !== folder.id) return [];
  if (entry.kind === 'touched') return [{ id, isRead: message.isRead }];
  return [toMessageJson(message, immutable, expand)];
}

function fits(message: FakeMessage, filter: Date | undefined): boolean {
  return filter === undefined || message.receivedAt >= filter;
}

function toFilter(text: string | null): Date | undefined | 'bad' {
  if (text === null) return undefined;
  const from = /^receivedDateTime g[et] (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(text)?.[1];
  return from === undefined ? 'bad' : new Date(from);
}

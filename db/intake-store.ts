import { and, eq, inArray, lt, notInArray, or, sql } from 'drizzle-orm';
import type { BatchKind, IntakeOutcome } from '../src/domain/batch.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import {
  batch,
  batchItem,
  contentWindow,
  mailboxCursor,
  message,
  quarantine,
  source,
} from './schema/index.ts';
import { storableText } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

/** One item ready to be parked. Bytes are sealed; ids and hashes come from `src/mail/identity.ts`. */
export type IntakeItem =
  | {
      readonly kind: 'known';
      readonly providerKey: string;
      readonly label: string;
      readonly messageId: string;
    }
  | {
      readonly kind: 'fault';
      readonly providerKey: string;
      readonly label: string;
      readonly failureType: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'new';
      readonly providerKey: string;
      readonly label: string;
      readonly messageId: string;
      readonly sha256: string;
      readonly contentHash: string;
      readonly sealed: Uint8Array;
      readonly size: number;
      readonly receivedAt: Date;
    };

export interface IntakePage {
  readonly accountId: string;
  readonly batchId: string;
  readonly kind: BatchKind;
  readonly page: number;
  readonly items: readonly IntakeItem[];
  /** The cursor that the page was read from. */
  readonly readFrom: string | undefined;
  readonly cursor: string;
  readonly done: boolean;
  readonly expected: number | undefined;
  /** Used when the batch row is made here: for pulls. */
  readonly label: string;
  /** A second copy of the same content within so many hours is a duplicate; 0 switches the window off. */
  readonly windowHours: number;
}

export interface ParkedPage {
  readonly messageIds: readonly string[];
  readonly items: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly done: boolean;
}

export type PageOpening =
  | { readonly committed: ParkedPage; readonly cursor?: undefined }
  | { readonly committed?: undefined; readonly cursor: string | undefined };

export type IntakeStore = ReturnType<typeof createIntakeStore>;

/** The door: what was read is parked and the cursor moved in one transaction, or nothing happened. */
export function createIntakeStore(db: Database) {
  return translateFailures({
    /** Where to read the page from, or what it held if it was committed before. */
    async openPage(request: {
      accountId: string;
      batchId: string;
      kind: BatchKind;
      page: number;
    }): Promise<PageOpening> {
      const [row] = await db.select().from(batch).where(eq(batch.id, request.batchId));
      if (row && row.pages > request.page) {
        return {
          committed: await readCommitted(db, request.batchId, request.page, row.pages, row.exhausted),
        };
      }
      if (request.kind === 'import') {
        if (!row) throw new ServiceError('NotFound', `There is no batch "${request.batchId}"`);
        return { cursor: row.cursor ?? undefined };
      }
      const [position] = await db
        .select({ cursor: mailboxCursor.cursor })
        .from(mailboxCursor)
        .where(eq(mailboxCursor.accountId, request.accountId));
      return { cursor: position?.cursor };
    },

    /** Which of these identities the account has already, by provider key. */
    async findKnown(accountId: string, providerKeys: readonly string[]): Promise<Map<string, string>> {
      if (providerKeys.length === 0) return new Map();
      const stored = providerKeys.map(storableText);
      const rows = await db
        .select({ providerKey: message.providerKey, id: message.id })
        .from(message)
        .where(and(eq(message.accountId, accountId), inArray(message.providerKey, stored)));
      const ids = new Map(rows.map((row) => [row.providerKey, row.id]));
      return new Map(
        providerKeys.flatMap((key) => {
          const id = ids.get(storableText(key));
          return id === undefined ? [] : [[key, id] as const];
        }),
      );
    },

    async park(page: IntakePage): Promise<ParkedPage> {
      return db.transaction((tx) => parkPage(tx, page));
    },

    /** Parked long ago and never started: their run was ended by hand between the two. */
    async findForgotten(accountId: string, olderThanMinutes: number, limit: number): Promise<string[]> {
      const rows = await db
        .select({ id: message.id })
        .from(message)
        .leftJoin(batch, eq(batch.id, message.batchId))
        .where(
          and(
            eq(message.accountId, accountId),
            eq(message.state, 'parked'),
            lt(message.parkedAt, sql`now() - make_interval(mins => ${olderThanMinutes})`),
            or(eq(batch.kind, 'pull'), notInArray(batch.state, ['running', 'paused'])),
          ),
        )
        .limit(limit);
      return rows.map((row) => row.id);
    },
  });
}

type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

async function parkPage(tx: Transaction, page: IntakePage): Promise<ParkedPage> {
  const first = await claimPage(tx, page);
  if (first === undefined)
    return { messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: page.done };
  if (typeof first !== 'number') return first;
  const results = toResults(page.items, await acceptItems(tx, page));
  await insertInChunks(
    page.items.map((item, index) => ({
      batchId: page.batchId,
      position: first + index,
      page: page.page,
      providerKey: item.providerKey,
      label: item.label,
      ...(results[index] ?? { outcome: 'duplicate' as const, messageId: null }),
    })),
    (rows) => tx.insert(batchItem).values(rows),
  );
  return {
    messageIds: results.flatMap((r) => (r.outcome === 'accepted' && r.messageId ? [r.messageId] : [])),
    items: page.items.length,
    duplicates: results.filter((r) => r.outcome === 'duplicate').length,
    quarantined: results.filter((r) => r.outcome === 'quarantined').length,
    done: page.done,
  };
}

/** Moves the cursor and returns the first free position; what was committed when another attempt was faster. */
async function claimPage(tx: Transaction, page: IntakePage): Promise<number | ParkedPage | undefined> {
  if (page.kind === 'pull' && page.items.length > 0) {
    await tx
      .insert(batch)
      .values({
        id: page.batchId,
        accountId: page.accountId,
        kind: 'pull',
        label: page.label,
        maxConcurrentOperations: 0,
        pages: page.page,
      })
      .onConflictDoNothing();
  }
  const [row] = await tx.select().from(batch).where(eq(batch.id, page.batchId)).for('update');
  if (row && row.pages > page.page)
    return readCommitted(tx, page.batchId, page.page, row.pages, row.exhausted);
  if (page.kind === 'pull') {
    await advanceCursor(tx, page);
    if (page.items.length === 0) return undefined;
  }
  if (!row) throw new ServiceError('NotFound', `There is no batch "${page.batchId}"`);
  if (page.kind === 'import' && row.state !== 'running' && row.state !== 'paused')
    throw new ServiceError('Conflict', `The batch is ${row.state} already`);
  await tx
    .update(batch)
    .set({
      pages: page.page + 1,
      cursor: page.cursor,
      exhausted: page.done,
      expected: page.expected ?? row.expected,
    })
    .where(eq(batch.id, page.batchId));
  const [count] = await tx
    .select({ next: sql<number>`coalesce(max(${batchItem.position}) + 1, 0)`.mapWith(Number) })
    .from(batchItem)
    .where(eq(batchItem.batchId, page.batchId));
  return count?.next ?? 0;
}

/** Forward only: a pull that read beside another one starts over from where that one came to. */
async function advanceCursor(tx: Transaction, page: IntakePage): Promise<void> {
  const moved = await tx
    .insert(mailboxCursor)
    .values({ accountId: page.accountId, cursor: page.cursor })
    .onConflictDoUpdate({
      target: mailboxCursor.accountId,
      set: { cursor: page.cursor, updatedAt: sql`now()` },
      setWhere: eq(mailboxCursor.cursor, page.readFrom ?? page.cursor),
    })
    .returning({ accountId: mailboxCursor.accountId });
  if (moved.length > 0) return;
  throw new ServiceError('Unavailable', 'Another pull of this account moved its cursor meanwhile', {
    retryAfterMs: 1000,
  });
}

interface Outcomes {
  /** Ids of the messages that this page added. */
  readonly inserted: ReadonlySet<string>;
  /** The message that stands for a content hash; empty when the window is off. */
  readonly owners: ReadonlyMap<string, string>;
}

type NewItem = Extract<IntakeItem, { kind: 'new' }>;

/** Stores what is new; the rest of the page is duplicates and faults. */
async function acceptItems(tx: Transaction, page: IntakePage): Promise<Outcomes> {
  const fresh = distinct(page.items.filter((item) => item.kind === 'new'));
  const owners = await passContentWindow(tx, page, fresh);
  const accepted = fresh.filter(
    (item) => (owners.get(item.contentHash) ?? item.messageId) === item.messageId,
  );
  // One order for all: two pages that share sources or keys must not lock them crosswise.
  const sources = [...new Map(accepted.map((item) => [item.sha256, item])).values()].sort(by('sha256'));
  await insertInChunks(sources, (rows) =>
    tx
      .insert(source)
      .values(rows.map((item) => ({ sha256: item.sha256, bytes: item.sealed, size: item.size })))
      .onConflictDoNothing(),
  );
  const inserted = new Set<string>();
  await insertInChunks(accepted.sort(by('providerKey')), async (rows) => {
    const done = await tx
      .insert(message)
      .values(rows.map((item) => toMessageRow(page, item)))
      .onConflictDoNothing()
      .returning({ id: message.id });
    for (const row of done) inserted.add(row.id);
  });
  const faults = page.items.filter((item) => item.kind === 'fault').sort(by('providerKey'));
  await insertInChunks(faults, (rows) =>
    tx
      .insert(quarantine)
      .values(
        rows.map(({ kind, ...item }) => ({
          ...item,
          accountId: page.accountId,
          batchId: page.batchId,
          stage: 'intake' as const,
        })),
      )
      .onConflictDoNothing(),
  );
  return { inserted, owners };
}

/** Who owns each content within the window: the item itself when it is the first to come. */
async function passContentWindow(
  tx: Transaction,
  page: IntakePage,
  fresh: readonly NewItem[],
): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  if (page.windowHours === 0) return owners;
  const firsts = [...new Map([...fresh].reverse().map((item) => [item.contentHash, item])).values()];
  firsts.sort(by('contentHash'));
  await insertInChunks(firsts, async (rows) => {
    const seenAt = sql`now()`;
    const claimed = await tx
      .insert(contentWindow)
      .values(
        rows.map((item) => ({
          accountId: page.accountId,
          contentHash: item.contentHash,
          messageId: item.messageId,
          seenAt,
        })),
      )
      .onConflictDoUpdate({
        target: [contentWindow.accountId, contentWindow.contentHash],
        set: { messageId: sql`excluded.message_id`, seenAt: sql`excluded.seen_at` },
        setWhere: sql`${contentWindow.seenAt} < now() - make_interval(hours => ${page.windowHours})`,
      })
      .returning({ contentHash: contentWindow.contentHash, messageId: contentWindow.messageId });
    for (const row of claimed) owners.set(row.contentHash, row.messageId);
  });
  const missing = firsts.filter((item) => !owners.has(item.contentHash)).map((item) => item.contentHash);
  if (missing.length > 0) {
    const rows = await tx
      .select({ contentHash: contentWindow.contentHash, messageId: contentWindow.messageId })
      .from(contentWindow)
      .where(and(eq(contentWindow.accountId, page.accountId), inArray(contentWindow.contentHash, missing)));
    for (const row of rows) owners.set(row.contentHash, row.messageId);
  }
  return owners;
}

function by<K extends string>(key: K): (a: Record<K, string>, b: Record<K, string>) => number {
  return (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
}

/** The first of each key, in the page's order. */
function distinct(items: readonly NewItem[]): NewItem[] {
  const keys = new Set<string>();
  return items.filter(({ providerKey }) => !keys.has(providerKey) && keys.add(providerKey));
}

type ItemResult = { readonly outcome: IntakeOutcome; readonly messageId: string | null };

/** The same message twice in one page: the first is accepted, the second its duplicate. */
function toResults(items: readonly IntakeItem[], { inserted, owners }: Outcomes): ItemResult[] {
  const waiting = new Set(inserted);
  return items.map((item) => {
    if (item.kind === 'fault') return { outcome: 'quarantined', messageId: null };
    if (item.kind === 'known') return { outcome: 'duplicate', messageId: item.messageId };
    if (waiting.delete(item.messageId)) return { outcome: 'accepted', messageId: item.messageId };
    return { outcome: 'duplicate', messageId: owners.get(item.contentHash) ?? item.messageId };
  });
}

function toMessageRow(page: IntakePage, item: NewItem): typeof message.$inferInsert {
  return {
    id: item.messageId,
    accountId: page.accountId,
    providerKey: item.providerKey,
    sourceSha256: item.sha256,
    contentHash: item.contentHash,
    batchId: page.batchId,
    label: item.label,
    size: item.size,
    receivedAt: item.receivedAt,
  };
}

async function readCommitted(
  tx: Transaction | Database,
  batchId: string,
  page: number,
  pages: number,
  exhausted: boolean,
): Promise<ParkedPage> {
  const rows = await tx
    .select({ messageId: batchItem.messageId, outcome: batchItem.outcome, state: message.state })
    .from(batchItem)
    .leftJoin(message, eq(message.id, batchItem.messageId))
    .where(and(eq(batchItem.batchId, batchId), eq(batchItem.page, page)))
    .orderBy(batchItem.position);
  return {
    messageIds: rows.flatMap((row) =>
      row.outcome === 'accepted' && row.state === 'parked' && row.messageId ? [row.messageId] : [],
    ),
    items: rows.length,
    duplicates: rows.filter((row) => row.outcome === 'duplicate').length,
    quarantined: rows.filter((row) => row.outcome === 'quarantined').length,
    done: exhausted && page + 1 >= pages,
  };
}

/** PostgreSQL takes 65,535 parameters a statement. */
async function insertInChunks<T>(
  rows: readonly T[],
  insert: (chunk: T[]) => PromiseLike<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await insert(rows.slice(from, from + 500));
}

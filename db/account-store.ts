import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Account, AccountState } from '../src/domain/account.ts';
import type { AskedWait } from '../src/domain/asked-wait.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { account, mailboxCursor, providerWait } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface AccountRow extends Account {
  readonly lastPullAt: Date | undefined;
  readonly lastPullError: string | undefined;
  /** Pulls that failed since the last one that did not. */
  readonly failures: number;
  readonly lastSyncedAt: Date | undefined;
}

export type AccountStore = ReturnType<typeof createAccountStore>;

/** Accounts; the secret is sealed by the caller. */
export function createAccountStore(db: Database) {
  return translateFailures({
    async list(): Promise<AccountRow[]> {
      return (await db.select().from(account).orderBy(asc(account.id))).map(toAccount);
    },

    async find(id: string): Promise<AccountRow | undefined> {
      const [row] = await db.select().from(account).where(eq(account.id, id));
      return row && toAccount(row);
    },

    /** Throws NotFound, naming the accounts that are there. */
    async get(id: string): Promise<AccountRow> {
      const rows = await db.select().from(account).orderBy(asc(account.id));
      const row = rows.find((candidate) => candidate.id === id);
      if (row) return toAccount(row);
      const known = rows.map((candidate) => candidate.id).join(', ') || 'none yet';
      throw new ServiceError('NotFound', `There is no account "${id}"`, {
        fix: `Accounts: ${known}. Add one with \`npm run mailroom -- account add\`.`,
      });
    },

    async findSecret(id: string): Promise<Uint8Array | undefined> {
      const [row] = await db.select({ secret: account.secret }).from(account).where(eq(account.id, id));
      return row?.secret ?? undefined;
    },

    /** Throws Conflict when the id is taken. */
    async add(value: Account, sealedSecret: Uint8Array | undefined): Promise<void> {
      await db.insert(account).values({ ...toRow(value), secret: sealedSecret ?? null });
    },

    /** Adds it, or leaves the one that is there untouched, but for an address that it lacked. */
    async ensure(value: Account): Promise<void> {
      await db
        .insert(account)
        .values(toRow(value))
        .onConflictDoUpdate({
          target: account.id,
          set: { address: value.address },
          setWhere: eq(account.address, ''),
        });
    },

    async replaceSecret(id: string, sealedSecret: Uint8Array): Promise<void> {
      await db.update(account).set({ secret: sealedSecret }).where(eq(account.id, id));
    },

    /** undefined: as much as the house allows each account. */
    async changeModelBudget(id: string, tokensPerDay: number | undefined): Promise<void> {
      await db
        .update(account)
        .set({ modelTokensPerDay: tokensPerDay ?? null })
        .where(eq(account.id, id));
    },

    /** One that was removed stays so: a pull that was refused because of that may end later. */
    async changeState(id: string, state: AccountState, reason: string | undefined): Promise<void> {
      await db
        .update(account)
        .set({ state, stateReason: reason ?? null })
        .where(and(eq(account.id, id), ne(account.state, 'removed')));
    },

    /**
     * `asked`: before the next page; whatever was asked for earlier has its answer by now. `at`: the cursor that the
     * account has then, or it reads another mailbox by now, which asked for nothing.
     */
    async recordPull(
      id: string,
      error: string | undefined,
      asked?: AskedWait & { readonly at: string | undefined },
    ): Promise<void> {
      const failures = error === undefined ? 0 : sql`${account.failures} + 1`;
      const facts = { lastPullAt: sql`now()`, lastPullError: error ?? null, failures };
      if (asked === undefined) return void (await db.update(account).set(facts).where(eq(account.id, id)));
      const wait = {
        askedAt: sql`now()`,
        until: sql`now() + make_interval(secs => ${asked.forMs / 1000}::float8)`,
        reason: asked.reason,
      };
      // One instant for both: a wait that is older than the last pull is over.
      await db.transaction(async (tx) => {
        await tx.update(account).set(facts).where(eq(account.id, id));
        const [position] = await tx.select().from(mailboxCursor).where(eq(mailboxCursor.accountId, id));
        if (position?.cursor !== asked.at) return;
        await tx
          .insert(providerWait)
          .values({ accountId: id, ...wait })
          .onConflictDoUpdate({ target: providerWait.accountId, set: wait });
      });
    },

    /** What is left of the wait that its provider asked for; a clock that was set back ends it. */
    async findWait(id: string): Promise<AskedWait | undefined> {
      const [row] = await db
        .select({
          leftMs: sql<number>`extract(epoch from ${providerWait.until} - now())::float8 * 1000`,
          reason: providerWait.reason,
        })
        .from(providerWait)
        .innerJoin(account, eq(account.id, providerWait.accountId))
        .where(
          and(
            eq(providerWait.accountId, id),
            sql`${providerWait.askedAt} >= ${account.lastPullAt}`,
            sql`now() between ${providerWait.askedAt} and ${providerWait.until}`,
          ),
        );
      return row && { forMs: Math.ceil(row.leftMs), reason: row.reason };
    },

    /** Whatever its provider asked for, it is asked now. */
    async forgetWait(id: string): Promise<void> {
      await db.delete(providerWait).where(eq(providerWait.accountId, id));
    },

    /** `at`: when the last page was asked for; what came to the mailbox before that is read. */
    async recordSync(id: string, at: Date): Promise<void> {
      await db.update(account).set({ lastSyncedAt: at }).where(eq(account.id, id));
    },
  });
}

function toRow(value: Account) {
  return {
    id: value.id,
    kind: value.kind,
    name: value.name,
    address: value.address,
    mode: value.mode,
    state: value.state,
    stateReason: value.stateReason ?? null,
    pullEverySeconds: value.pullEverySeconds,
    imap: value.imap ?? null,
    graph: value.graph ?? null,
    gmail: value.gmail ?? null,
    files: value.files ?? null,
    oauth: value.oauth ?? null,
    writeBack: value.writeBack ?? null,
    limits: value.limits ?? null,
    push: value.push ?? true,
    modelSeesPii: value.modelSeesPii ?? false,
    modelTokensPerDay: value.modelTokensPerDay ?? null,
  };
}

function toAccount(row: typeof account.$inferSelect): AccountRow {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    mode: row.mode,
    state: row.state,
    stateReason: row.stateReason ?? undefined,
    pullEverySeconds: row.pullEverySeconds,
    imap: row.imap ?? undefined,
    graph: row.graph ?? undefined,
    gmail: row.gmail ?? undefined,
    files: row.files ?? undefined,
    oauth: row.oauth ?? undefined,
    writeBack: row.writeBack ?? undefined,
    limits: row.limits ?? undefined,
    push: row.push,
    modelSeesPii: row.modelSeesPii,
    modelTokensPerDay: row.modelTokensPerDay ?? undefined,
    lastPullAt: row.lastPullAt ?? undefined,
    lastPullError: row.lastPullError ?? undefined,
    failures: row.failures,
    lastSyncedAt: row.lastSyncedAt ?? undefined,
  };
}

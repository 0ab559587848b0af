import { and, desc, eq, gt, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { AuditState, AuditTotals, EntryFate } from '../src/domain/audit.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { type AuditedEntry, addEntries } from './audit/add-entries.ts';
import { carryMissing } from './audit/carry-missing.ts';
import { compareEntries } from './audit/compare-entries.ts';
import { countFates } from './audit/count-fates.ts';
import { doubtEntries } from './audit/doubt-entries.ts';
import { markGone } from './audit/mark-gone.ts';
import { wantAgain } from './audit/want-again.ts';
import { withPatience } from './audit/with-patience.ts';
import type { Database } from './client.ts';
import { account, audit, auditEntry } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface AuditRow extends AuditTotals {
  readonly id: string;
  readonly accountId: string;
  readonly state: AuditState;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface EntryRow {
  readonly providerKey: string;
  readonly label: string;
  readonly receivedAt: Date | null;
  readonly fate: EntryFate | null;
  readonly reason: string | null;
  readonly messageId: string | null;
}

const CUT_OFF = 'It was cut off';

export type AuditStore = ReturnType<typeof createAuditStore>;

/** The completeness ledger: what each mailbox held when it was last listed, and what became of it here. */
export function createAuditStore(db: Database) {
  return translateFailures({
    /**
     * Begins an audit, or begins it again: what an earlier attempt had listed is forgotten. An account has one at a
     * time, so another one that still seems to run was cut off. Of older ones only the totals stay, and the entries of
     * the last one that was completed: this one is compared with them. Takes as long as a large mailbox needs. Throws
     * Conflict to a late attempt of one that is over.
     */
    async begin(accountId: string, auditId: string): Promise<void> {
      await withPatience(db, async (tx) => {
        const [own] = await tx.select().from(audit).where(eq(audit.id, auditId)).for('update');
        if (own?.state === 'completed' || own?.reason === CUT_OFF) {
          throw new ServiceError('Conflict', 'The audit is over by now, or another one began since');
        }
        await tx
          .update(audit)
          .set({ state: 'failed', reason: CUT_OFF, finishedAt: sql`now()` })
          .where(and(eq(audit.accountId, accountId), eq(audit.state, 'running'), ne(audit.id, auditId)));
        await tx
          .insert(audit)
          .values({ id: auditId, accountId })
          .onConflictDoUpdate({
            target: audit.id,
            set: { state: 'running', reason: null, finishedAt: null },
          });
        await tx.execute(sql`
          delete from ${auditEntry} where audit_id in (select id from ${audit} where account_id = ${accountId})
            and (audit_id = ${auditId} or audit_id is distinct from (
              select id from ${audit} where account_id = ${accountId} and state = 'completed'
              order by started_at desc limit 1))`);
      });
    },

    addEntries: (auditId: string, entries: readonly AuditedEntry[]) => addEntries(db, auditId, entries),

    /**
     * Says of every entry what became of it; answers how many are missing. Of a list that is not whole nobody can say
     * what left the mailbox: `unlisted` names the folders that it lacks, undefined: it may lack any part.
     */
    async compare(
      accountId: string,
      auditId: string,
      isWhole = true,
      unlisted?: readonly string[],
    ): Promise<number> {
      if (!isWhole) await carryMissing(db, accountId, auditId, unlisted);
      await wantAgain(db, accountId, auditId);
      await doubtEntries(db, accountId, auditId);
      await compareEntries(db, accountId, auditId, 'all');
      if (isWhole) await markGone(db, accountId, auditId);
      const { missing } = await countFates(db, auditId);
      return missing;
    },

    /** Passed by, in none of our rows, and not fetched since; by key, from the one after `after` on. */
    async listMissing(auditId: string, limit: number, after = ''): Promise<string[]> {
      const { fate, passed, providerKey } = auditEntry;
      const rows = await db
        .select({ providerKey })
        .from(auditEntry)
        .where(
          and(eq(auditEntry.auditId, auditId), eq(fate, 'missing'), eq(passed, true), gt(providerKey, after)),
        )
        .orderBy(auditEntry.providerKey)
        .limit(limit);
      return rows.map((row) => row.providerKey);
    },

    /** Which of these may be other mail than ours of the same key: only their content tells. */
    async findDoubted(auditId: string, providerKeys: readonly string[]): Promise<Set<string>> {
      if (providerKeys.length === 0) return new Set();
      const rows = await db
        .select({ providerKey: auditEntry.providerKey })
        .from(auditEntry)
        .where(
          and(
            eq(auditEntry.auditId, auditId),
            eq(auditEntry.doubted, true),
            inArray(auditEntry.providerKey, [...providerKeys]),
          ),
        );
      return new Set(rows.map((row) => row.providerKey));
    },

    /** What was missing, was asked for and is gone by now: the mailbox holds it no more. */
    async forget(auditId: string, providerKeys: readonly string[]): Promise<void> {
      await db.execute(sql`
        delete from ${auditEntry}
        where audit_id = ${auditId} and fate = 'missing' and provider_key = any(${sql.param([...providerKeys])})`);
    },

    /**
     * Looks once more at what was missing: what is here now is healed, or what else became of it. What was refused
     * and is wanted again since is missing from then on.
     */
    async recompare(accountId: string, auditId: string): Promise<void> {
      await compareEntries(db, accountId, auditId, 'open');
    },

    /**
     * Looks once more at what was missing, and stores the totals; of one that was cut off meanwhile, nothing. One that
     * is completed stays so, whatever stops its next look.
     */
    async finish(
      accountId: string,
      auditId: string,
      { failure, note }: { readonly failure: string | undefined; readonly note?: string | undefined },
    ): Promise<AuditTotals> {
      if (failure === undefined) await compareEntries(db, accountId, auditId, 'missing');
      const totals = await countFates(db, auditId);
      const isOpen = failure === undefined ? ne(audit.state, 'failed') : eq(audit.state, 'running');
      await withPatience(db, async (tx) => {
        await tx
          .update(audit)
          .set({
            ...totals,
            state: failure === undefined ? 'completed' : 'failed',
            reason: failure ?? note ?? null,
            finishedAt: sql`now()`,
          })
          .where(and(eq(audit.id, auditId), eq(audit.accountId, accountId), isOpen));
      });
      return totals;
    },

    /** What one that runs has to say meanwhile; its end has the last word. */
    async note(auditId: string, words: string): Promise<void> {
      await db
        .update(audit)
        .set({ reason: words })
        .where(and(eq(audit.id, auditId), eq(audit.state, 'running')));
    },

    /** The last one that came to its end. */
    async findLatest(accountId: string): Promise<AuditRow | undefined> {
      const [row] = await db
        .select()
        .from(audit)
        .where(and(eq(audit.accountId, accountId), eq(audit.state, 'completed')))
        .orderBy(desc(audit.startedAt))
        .limit(1);
      return row;
    },

    /** The last one that came to its end of each account that was not removed and has a mailbox (`hasMailbox`). */
    async listLatest(): Promise<Map<string, AuditRow>> {
      const hasMailbox = or(ne(account.kind, 'files'), isNotNull(account.files));
      const inUse = db
        .select({ id: account.id })
        .from(account)
        .where(and(ne(account.state, 'removed'), hasMailbox));
      const rows = await db
        .selectDistinctOn([audit.accountId])
        .from(audit)
        .where(and(eq(audit.state, 'completed'), inArray(audit.accountId, inUse)))
        .orderBy(audit.accountId, desc(audit.startedAt));
      return new Map(rows.map((row) => [row.accountId, row]));
    },

    /** The last ones of an account, newest first. */
    async list(accountId: string, limit: number): Promise<AuditRow[]> {
      return db
        .select()
        .from(audit)
        .where(eq(audit.accountId, accountId))
        .orderBy(desc(audit.startedAt))
        .limit(limit);
    },

    /** What the last audit of the account listed, of one fate or of all, by provider key. */
    async listEntries(
      auditId: string,
      request: {
        readonly fate?: EntryFate | undefined;
        readonly after?: string | undefined;
        readonly limit: number;
      },
    ): Promise<EntryRow[]> {
      const { fate, after, limit } = request;
      return db
        .select({
          providerKey: auditEntry.providerKey,
          label: auditEntry.label,
          receivedAt: auditEntry.receivedAt,
          fate: auditEntry.fate,
          reason: auditEntry.reason,
          messageId: auditEntry.messageId,
        })
        .from(auditEntry)
        .where(
          and(
            eq(auditEntry.auditId, auditId),
            fate === undefined ? undefined : eq(auditEntry.fate, fate),
            after === undefined ? undefined : sql`${auditEntry.providerKey} > ${after}`,
          ),
        )
        .orderBy(auditEntry.providerKey)
        .limit(limit);
    },
  });
}

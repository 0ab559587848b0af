import postgres from 'postgres';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { createDatabaseClient, type DatabaseClient } from '../../../db/client.ts';
import { createStores, type Stores } from '../../../src/create-stores.ts';
import type { Account } from '../../../src/domain/account.ts';
import { contentHash, messageKey, sentDate, sourceHash } from '../../../src/mail/identity.ts';
import { createSealer, type Sealer } from '../../../src/security/seal.ts';
import { createFakes } from '../../activities/support/fake-dependencies.ts';
import { createTestDatabase } from '../test-database.ts';
import { createHandRun, type HandRun } from './create-hand-run.ts';
import { judgeIntake } from './judge-intake.ts';
import type { KillMailbox } from './kill-mailbox.ts';

export interface HandAccount {
  readonly mailbox: Pick<KillMailbox, 'account' | 'open'>;
  readonly settings?: Partial<Account>;
  /** What its activities have in place of the room's own. */
  readonly changes?: Partial<ActivityDependencies>;
  readonly onCall?: () => void;
}

/** Activities over a real database, run by hand; no Temporal. */
export interface HandRoom {
  readonly databaseUrl: string;
  readonly sql: postgres.Sql;
  readonly stores: Stores;
  readonly sealer: Sealer;
  add(account: HandAccount): Promise<HandRun>;
  /** One message that was pulled is gone from our rows, as no fault should ever do it. */
  lose(run: HandRun, accountId: string): Promise<void>;
  /** What is wrong with an account of which all was pulled and audited. */
  judge(run: HandRun, accountId: string, delivered: readonly Buffer[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Small, so that a few messages take several pages. */
const PAGE_ITEMS = 2;
const LIMITS = { duplicateWindowHours: 24, maxMessageBytes: 1_000_000, pageBytes: 5_000_000 };

export async function openHandRoom(): Promise<HandRoom> {
  const database = await createTestDatabase();
  const client: DatabaseClient = createDatabaseClient(database.url, { connections: 4 });
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const stores = createStores(client.db);
  const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));
  return {
    databaseUrl: database.url,
    sql,
    stores,
    sealer,
    async add({ mailbox, settings, changes, onCall }) {
      const account = { ...mailbox.account, ...settings };
      await stores.accounts.add(account, undefined);
      const own: Partial<ActivityDependencies> = {
        ...stores,
        sealer,
        identity: { contentHash, messageKey, sentDate, sourceHash },
        now: () => new Date(),
        openAccount: (asked) => mailbox.open(asked),
        limits: LIMITS,
        ...changes,
      };
      return createHandRun(createFakes(own).deps, PAGE_ITEMS, onCall);
    },
    async lose({ starts }, accountId) {
      const last = [...starts.keys()].at(-1) ?? '';
      await stores.tombstones.removeMessage(last, 'nobody');
      await sql`delete from tombstone where account_id = ${accountId}`;
      starts.delete(last);
    },
    async judge({ starts }, accountId, delivered) {
      const faults = await judgeIntake({ sql, sealer, accountId, delivered, starts });
      const [open] = await sql`
        select (select count(*)::int from quarantine where account_id = ${accountId}) as "in quarantine",
          (select count(*)::int from batch where account_id = ${accountId} and state <> 'completed') as "open batches",
          (select count(*)::int from audit where account_id = ${accountId} and state <> 'completed') as "open audits"`;
      const left = Object.entries(open ?? {}).filter(([, count]) => count !== 0);
      return [...faults, ...left.map(([name, count]) => `${count} ${name}`)];
    },
    async close() {
      await sql.end({ timeout: 1 });
      await client.close();
      await database.drop();
    },
  };
}

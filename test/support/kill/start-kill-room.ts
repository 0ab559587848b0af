import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { auditWorkflowId, messageWorkflowId, pullWorkflowId } from '../../../src/contract/workflow-ids.ts';
import type { Account } from '../../../src/domain/account.ts';
import type { AuditTotals } from '../../../src/domain/audit.ts';
import { hurryPolicy } from '../hurry-policy.ts';
import { type RoomParts, startTestMailroom, type TestMailroom } from '../start-mailroom.ts';
import { type ActivityCuts, createActivityCuts } from './create-activity-cuts.ts';
import { judgeIntake } from './judge-intake.ts';
import type { KillMailbox } from './kill-mailbox.ts';
import { startCutWorker } from './start-cut-worker.ts';

export interface AccountCounts {
  readonly rows: number;
  readonly settled: number;
  /** Runs that did anything, of all its messages together. */
  readonly runs: number;
}

/** A mail room whose worker can be cut wherever a test says. */
export interface KillRoom extends Pick<TestMailroom, 'context' | 'app' | 'folder'> {
  readonly cuts: ActivityCuts;
  /** Past every proxy. */
  readonly sql: postgres.Sql;
  add(mailbox: KillMailbox, settings?: Partial<Account>): Promise<void>;
  /** Until the pull has ended. */
  pull(accountId: string): Promise<void>;
  /** Until all `rows` of its messages have ended. */
  untilSettled(accountId: string, rows: number): Promise<void>;
  /** What its one message ended as, once its draft was waiting and was approved. */
  answer(accountId: string): Promise<string>;
  audit(accountId: string): Promise<AuditTotals>;
  count(accountId: string): Promise<AccountCounts>;
  /** What is wrong with an account to which all that was delivered, and of which nothing is under way. */
  judge(accountId: string, delivered: readonly Buffer[]): Promise<string[]>;
  /** So many of its messages are gone from our rows, as no fault should ever do it. */
  lose(accountId: string, count: number): Promise<void>;
  /** A person deletes one here; answers the hash of its source. */
  removeOne(accountId: string): Promise<string>;
  stop(): Promise<void>;
}

/** Small, so that a few messages take several pages. */
const PAGE_ITEMS = 3;
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 20;

export async function startKillRoom(
  env: Readonly<Record<string, string>> = {},
  toDatabaseUrl: RoomParts['toDatabaseUrl'] = async (url) => url,
): Promise<KillRoom> {
  const cuts = createActivityCuts();
  const mailboxes = new Map<string, KillMailbox>();
  let direct = '';
  const room = await startTestMailroom(env, {
    toDatabaseUrl(url) {
      direct = url;
      return toDatabaseUrl(url);
    },
    toTemporal: (config) => ({ ...config, policy: hurryPolicy(config.policy, { pageItems: PAGE_ITEMS }) }),
    startWorker: (parts) =>
      startCutWorker(parts, cuts, (account) => {
        const mailbox = mailboxes.get(account.id);
        if (mailbox === undefined) throw new Error(`Nobody added ${account.id}`);
        return mailbox.open(account);
      }),
  });
  const sql = postgres(direct, { max: 2, onnotice: () => undefined });
  const { client, controls, stores } = room.context;
  const resultOf = (workflowId: string) => client.workflow.getHandle(workflowId).result() as Promise<unknown>;

  async function countRows(accountId: string) {
    const [row] = await sql<{ rows: number; settled: number }[]>`
      select count(*)::int as rows, count(*) filter (where state = 'settled')::int as settled
      from message where account_id = ${accountId}`;
    return row ?? { rows: 0, settled: 0 };
  }

  async function removeOne(accountId: string): Promise<string> {
    const [first] = await sql<{ id: string; sha256: string }[]>`
      select id, source_sha256 as sha256 from message where account_id = ${accountId} order by id limit 1`;
    const { id = '', sha256 = '' } = first ?? {};
    await stores.tombstones.removeMessage(id, 'a person');
    // Whatever comes of it from now on is counted anew.
    cuts.runs.delete(messageWorkflowId(accountId, id));
    return sha256;
  }

  return {
    ...room,
    cuts,
    sql,
    async add(mailbox, settings = {}) {
      mailboxes.set(mailbox.account.id, mailbox);
      await stores.accounts.add({ ...mailbox.account, ...settings }, undefined);
    },
    async pull(accountId) {
      await controls.pullNow(accountId);
      await resultOf(pullWorkflowId(accountId));
    },
    async untilSettled(accountId, rows) {
      await until(async () => ((await countRows(accountId)).settled === rows ? true : undefined));
      const ids = await sql<{ id: string }[]>`select id from message where account_id = ${accountId}`;
      await Promise.all(ids.map(({ id }) => resultOf(messageWorkflowId(accountId, id))));
    },
    async answer(accountId) {
      const ref = await until(async () => {
        const [row] = await sql<{ id: string; draft_id: string; hash: string }[]>`
          select m.id, d.id as draft_id, d.hash from message m join draft d on d.message_id = m.id
          where m.account_id = ${accountId} and m.state = 'awaiting-approval'`;
        return row;
      });
      const message = { accountId, messageId: ref.id };
      await until(async () =>
        (await controls.findMessageStatus(message))?.waitingFor === 'approval' ? true : undefined,
      );
      await controls.changePriority(message, { priority: 'HIGH', by: 'a person' });
      await controls.decideDraft(message, {
        ...{ draftId: ref.draft_id, hash: ref.hash },
        ...{ verdict: 'approve', by: 'a person' },
      });
      const { outcome } = (await resultOf(messageWorkflowId(accountId, ref.id))) as { outcome: string };
      return outcome;
    },
    async audit(accountId) {
      await controls.auditNow(accountId);
      return (await resultOf(auditWorkflowId(accountId))) as AuditTotals;
    },
    async count(accountId) {
      const own = [...cuts.runs].filter(([id]) => id.startsWith(`message/${accountId}/`));
      return { ...(await countRows(accountId)), runs: own.reduce((sum, [, runs]) => sum + runs.size, 0) };
    },
    judge(accountId, delivered) {
      const prefix = messageWorkflowId(accountId, '');
      const own = [...cuts.runs].filter(([id]) => id.startsWith(prefix));
      const starts = new Map(own.map(([id, runs]) => [id.slice(prefix.length), runs.size]));
      return judgeIntake({ sql, sealer: room.context.sealer, accountId, delivered, starts });
    },
    async lose(accountId, count) {
      for (let n = 0; n < count; n += 1) await removeOne(accountId);
      await sql`delete from tombstone where account_id = ${accountId}`;
    },
    removeOne,
    async stop() {
      await sql.end({ timeout: 1 });
      await room.stop();
    },
  };
}

/** What `look` finds in the end. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('It does not come to pass');
    await wait(LOOK_AGAIN_MS);
  }
}

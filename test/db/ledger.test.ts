import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, listed } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const AUDIT = 'audit-1';
let stores: TestStores;
let ledger: Ledger;
beforeEach(async () => {
  stores = await openStores();
  ledger = createLedger(stores);
});
afterEach(() => stores.close());

const park: Ledger['park'] = (...page) => ledger.park(...page);
const compare = (entries: Parameters<Ledger['compare']>[1], auditId = AUDIT) =>
  ledger.compare(auditId, entries);
const fatesOf = (auditId = AUDIT) => ledger.fatesOf(auditId);

describe('what became of what a mailbox holds', () => {
  it('is told of each message, with the reason', async () => {
    await park(['done', 'open', 'bad', 'put-aside', 'deleted'].map((key) => newItem(key)));
    await park([newItem('copy', { content: 'done' })]);
    await park([faultItem('too-large')]);
    const idOf = (key: string) => newItem(key).messageId;
    await stores.messages.settle(idOf('done'), 'processed', undefined, { runId: 'r' });
    await stores.messages.settle(idOf('put-aside'), 'skipped', 'api: not ours', { runId: 'r' });
    await stores.quarantine.addMessage({
      messageId: idOf('bad'),
      stage: 'read',
      failureType: 'InvalidInput',
      reason: 'cannot be read',
      runId: 'r',
    });
    await stores.tombstones.removeMessage(idOf('deleted'), 'api');

    const missing = await compare([
      ...['done', 'open', 'bad', 'put-aside', 'deleted', 'copy', 'too-large', 'lost'].map((key) =>
        listed(key),
      ),
      listed('old', { skipped: 'older than the look-back of this account' }),
      listed('new', { passed: false }),
    ]);
    expect(missing).toBe(1);
    expect(await fatesOf()).toEqual({
      done: 'processed',
      open: 'unfinished',
      bad: 'quarantined',
      'put-aside': 'skipped',
      deleted: 'deleted',
      copy: 'skipped',
      'too-large': 'quarantined',
      lost: 'missing',
      old: 'skipped',
      new: 'pending',
    });
    const [copy] = await stores.audits.listEntries(AUDIT, { limit: 1 });
    expect(copy?.reason).toBe('cannot be read');
    const totals = await stores.audits.finish(ACCOUNT.id, AUDIT, { failure: undefined });
    expect(totals).toEqual({
      listed: 10,
      processed: 1,
      unfinished: 1,
      skipped: 3,
      quarantined: 2,
      deleted: 1,
      pending: 1,
      missing: 1,
      healed: 0,
      gone: 0,
    });
  });

  it('is healed when what was missing is fetched, and forgotten when it is gone by then', async () => {
    expect(await compare([listed('a'), listed('b'), listed('c')])).toBe(3);
    expect(await stores.audits.listMissing(AUDIT, 2)).toEqual(['a', 'b']);
    await park([newItem('a')]);
    await stores.audits.forget(AUDIT, ['b']);
    await stores.audits.recompare(ACCOUNT.id, AUDIT);
    expect(await fatesOf()).toEqual({ a: 'healed', c: 'missing' });
    expect(await stores.audits.finish(ACCOUNT.id, AUDIT, { failure: undefined })).toMatchObject({
      listed: 2,
      missing: 2,
      healed: 1,
    });
    expect(await stores.audits.findLatest(ACCOUNT.id)).toMatchObject({ id: AUDIT, state: 'completed' });
  });

  it('is told of mail whose date PostgreSQL cannot hold, too, without the date', async () => {
    const dates = ['+099999-01-01T10:00:00Z', '-000044-03-15T10:00:00Z', '0000-01-01T00:00:00Z', 'never'];
    const entries = dates.map((date, n) => ({ ...listed(`m${n}`), receivedAt: new Date(date) }));
    expect(await compare([...entries, listed('dated')])).toBe(5);
    const found = await stores.audits.listEntries(AUDIT, { limit: 10 });
    expect(found.filter(({ receivedAt }) => receivedAt !== null).map((one) => one.providerKey)).toEqual([
      'dated',
    ]);
  });

  it('of another account is not ours to tell', async () => {
    await stores.accounts.add({ ...ACCOUNT, id: 'other' }, undefined);
    await park([newItem('same')], { accountId: 'other' });
    expect(await compare([listed('same')])).toBe(1);
  });
});

describe('our rows that the mailbox holds no more', () => {
  it('are gone, and back again when it lists them again', async () => {
    await park([newItem('stays'), newItem('leaves'), newItem('renumbered')]);
    await park([newItem('renumbered-2', { content: 'renumbered' })]);
    await compare([listed('stays'), listed('renumbered-2')]);
    const goneKeys = async () =>
      (await stores.sql`select provider_key as key from message where gone_at is not null`).map((r) => r.key);
    expect(await goneKeys()).toEqual(['leaves']);
    await compare([listed('stays'), listed('renumbered-2'), listed('leaves')], 'audit-2');
    expect(await goneKeys()).toEqual([]);
  });

  it('are told by the provider too, with the page that it reads', async () => {
    await park([newItem('a'), newItem('b')]);
    await park([], { gone: ['a', 'unknown'] });
    const rows = await stores.sql`select provider_key as key from message where gone_at is not null`;
    expect(rows.map((row) => row.key)).toEqual(['a']);
  });

  it('are not those that were imported, nor those that came while it was listed', async () => {
    await stores.audits.begin(ACCOUNT.id, AUDIT);
    await park([newItem('came-meanwhile')]);
    await stores.sql`update message set parked_at = now() + interval '1 second'`;
    await stores.audits.compare(ACCOUNT.id, AUDIT);
    const [row] = await stores.sql`select count(*)::int as n from message where gone_at is not null`;
    expect(row?.n).toBe(0);
  });
});

describe('an audit', () => {
  it('that is tried again begins anew, and one that failed leaves the last one in place', async () => {
    await compare([listed('a')]);
    await stores.audits.finish(ACCOUNT.id, AUDIT, { failure: undefined });
    await compare([listed('x'), listed('y')], 'audit-2');
    await compare([listed('z')], 'audit-2');
    expect(Object.keys(await fatesOf('audit-2'))).toEqual(['z']);
    await stores.audits.finish(ACCOUNT.id, 'audit-2', { failure: 'The server is away' });
    expect(await stores.audits.findLatest(ACCOUNT.id)).toMatchObject({ id: AUDIT });
    expect((await stores.audits.list(ACCOUNT.id, 5)).map(({ state }) => state)).toEqual([
      'failed',
      'completed',
    ]);
    expect([...(await stores.audits.listLatest()).keys()]).toEqual([ACCOUNT.id]);
  });

  it('keeps of earlier ones their totals alone', async () => {
    await compare([listed('a')]);
    await stores.audits.finish(ACCOUNT.id, AUDIT, { failure: undefined });
    await compare([listed('a')], 'audit-2');
    await stores.audits.finish(ACCOUNT.id, 'audit-2', { failure: undefined });
    await compare([listed('a'), listed('b')], 'audit-3');
    await stores.audits.finish(ACCOUNT.id, 'audit-3', { failure: 'The server is away' });
    await stores.audits.begin(ACCOUNT.id, 'audit-4');
    expect((await stores.audits.list(ACCOUNT.id, 5)).map(({ listed: n }) => n)).toEqual([0, 2, 1, 1]);
    const kept = await stores.sql`select distinct audit_id as id from audit_entry`;
    expect(kept.map(({ id }) => id)).toEqual(['audit-2']);
  });
});

describe('what was deleted here', () => {
  it('stays deleted when its mailbox hands it out again, also under another key', async () => {
    await park([newItem('uid-1', { content: 'secret' })]);
    await stores.tombstones.removeMessage(newItem('uid-1').messageId, 'api');
    expect(await park([newItem('uid-1', { content: 'secret' })])).toMatchObject({ messageIds: [] });
    expect(await park([newItem('uid-9', { content: 'secret' })])).toMatchObject({ messageIds: [] });
    const deleted = await stores.intake.findDeleted(ACCOUNT.id, ['uid-1', 'uid-9', 'uid-2']);
    expect([...deleted].sort()).toEqual(['uid-1', 'uid-9']);
    expect(await compare([listed('uid-1'), listed('uid-9')])).toBe(0);
    expect(await fatesOf()).toEqual({ 'uid-1': 'deleted', 'uid-9': 'deleted' });
  });
});

describe('what an account has taken in', () => {
  it('is counted by UTC day and by minute, accepted messages alone', async () => {
    const minute = async () =>
      (await stores.sql`select date_trunc('minute', now())::text as at`)[0]?.at as string;
    const takeFive = async (mark: string) => {
      const item = (key: string, content = key) => newItem(key + mark, { content: content + mark });
      await stores.sql`delete from account_day`;
      const begun = await minute();
      await park([item('a'), item('b'), faultItem(`c${mark}`)]);
      await park([item('d'), item('e', 'a')]);
      const taken = await stores.intake.findTaken(ACCOUNT.id);
      // By the clock of the server: what a new minute cut in two is done once more.
      return begun === (await minute()) ? taken : undefined;
    };
    const taken = (await takeFive('1')) ?? (await takeFive('2'));
    expect(taken).toMatchObject({ dayMessages: 3, minuteMessages: 3 });
    expect((taken?.unfinished ?? 1) % 3).toBe(0);
    expect(taken?.dayBytes).toBeGreaterThan(0);
    await stores.sql`update account_day set minute = minute - interval '1 hour'`;
    await park([newItem('f')]);
    expect((await stores.intake.findTaken(ACCOUNT.id)).minuteMessages).toBeLessThanOrEqual(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { AuditStore } from '../../db/audit-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { toThreat } from '../../src/domain/threat.ts';
import type { Sender } from '../../src/mail/smtp/sender.ts';
import { ACCOUNT, createFakes, REF } from './support/fake-dependencies.ts';
import { createFakeDrafts, DRAFT } from './support/fake-drafts.ts';
import { fakeStore } from './support/fake-store.ts';
import { LOCAL, RECEIVED_AT, reading, VIEW } from './support/readings.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const SENDER: Sender = {
  send: () => Promise.reject(new Error('not here')),
  ping: () => Promise.reject(new Error('not here')),
  close: () => Promise.resolve(),
};

describe('the end of a message', () => {
  it('is on record, and what was remembered of it is forgotten', async () => {
    const { deps, message, memory } = createFakes();
    memory.set(REF.messageId, { view: VIEW, account: ACCOUNT, receivedAt: RECEIVED_AT });
    for (const _ of [1, 2])
      await runActivity(deps, 'settleMessage', { ...REF, outcome: 'skipped', note: 'not ours' });
    expect(message).toMatchObject({ outcome: 'skipped', note: 'not ours' });
    expect(memory.size).toBe(0);
  });

  it('in quarantine names step and reason, cut to what fits', async () => {
    const { deps, calls, memory } = createFakes();
    memory.set(REF.messageId, { view: VIEW, account: ACCOUNT, receivedAt: RECEIVED_AT });
    const request = { ...REF, stage: 'sync', failureType: 'Rejected', reason: 'x'.repeat(5000) } as const;
    await runActivity(deps, 'quarantineMessage', request);
    expect(calls).toEqual([`quarantine m1 sync Rejected ${'x'.repeat(1000)}`]);
    expect(memory.size).toBe(0);
  });

  it('in quarantine is on record as far as it was read, unless that is what failed', async () => {
    const { deps, message, calls, memory } = createFakes();
    const request = { ...REF, stage: 'summarize', failureType: 'Internal', reason: 'odd' } as const;
    memory.set(REF.messageId, { view: VIEW, account: ACCOUNT, receivedAt: RECEIVED_AT });
    await runActivity(deps, 'quarantineMessage', request);
    expect(message.view).toEqual(VIEW);
    memory.set(REF.messageId, { view: VIEW, account: ACCOUNT, receivedAt: RECEIVED_AT });
    const failing = (type: 'Internal' | 'Unavailable') => {
      const saveView = () => Promise.reject(new ServiceError(type, 'no'));
      const messages = { ...deps.messages, saveView };
      return runActivity({ ...deps, messages }, 'quarantineMessage', request);
    };
    expect(await failureOf(failing('Unavailable'))).toMatchObject({ type: 'Unavailable' });
    expect(memory.size).toBe(1);
    await failing('Internal');
    expect(calls).toEqual(Array(2).fill('quarantine m1 summarize Internal odd'));
  });
});

describe('a decision on a draft', () => {
  const decide = { ...REF, draftId: DRAFT.id, hash: DRAFT.hash, by: 'ada' };
  const open = (sender: Sender | undefined) =>
    createFakes({ sender }, createFakeDrafts({ state: 'pending' }));

  it('that approves takes the message to sending, also when it is made twice', async () => {
    const { deps, drafts, message } = open(SENDER);
    for (const _ of [1, 2]) await runActivity(deps, 'decideDraft', { ...decide, verdict: 'approve' });
    expect(drafts.rows.get(DRAFT.id)?.state).toBe('approved');
    expect(message.stage).toBe('send');
  });

  it.each([
    [
      'counts for the next mail of that sender',
      'DMARC_PASS',
      -1,
      ['senderDecision from:ada@example.com category order'],
    ],
    ['counts for nothing where the sender may be forged', 'DMARC_FAIL', 4, []],
    ['counts for nothing where nothing proves the sender', 'DKIM_NONE', 0, []],
  ])('that approves %s', async (_what, name, score, expected) => {
    const { deps, message, calls } = open(SENDER);
    const threat = toThreat([{ name, score, reason: 'x' }]);
    Object.assign(message, reading('order', 'local'), { provenance: LOCAL.provenance });
    message.view = { ...VIEW, threat };
    await runActivity(deps, 'decideDraft', { ...decide, verdict: 'approve' });
    expect(calls).toEqual(expected);
  });

  it('that approves is refused where nothing can be sent; the draft goes on waiting', async () => {
    const { deps, drafts } = open(undefined);
    const failure = await failureOf(runActivity(deps, 'decideDraft', { ...decide, verdict: 'approve' }));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(failure.message).toContain('SMTP_HOST');
    expect(drafts.rows.get(DRAFT.id)?.state).toBe('pending');
  });

  it.each([
    ['reject', 'rejected'],
    ['expire', 'expired'],
  ] as const)('that says %s needs no mail server and leaves the step alone', async (verdict, state) => {
    const { deps, drafts, message } = open(undefined);
    await runActivity(deps, 'decideDraft', { ...decide, verdict });
    expect(drafts.rows.get(DRAFT.id)?.state).toBe(state);
    expect(message.stage).toBeUndefined();
  });

  it.each([
    ['approved', 'approve', 'send'],
    ['rejected', 'reject', undefined],
  ] as const)('that was %s before it expired stands, and is answered', async (state, verdict, stage) => {
    const { deps, drafts, message } = createFakes({}, createFakeDrafts({ state }));
    expect(await runActivity(deps, 'decideDraft', { ...decide, verdict: 'expire' })).toBe(verdict);
    expect(drafts.rows.get(DRAFT.id)?.state).toBe(state);
    expect(message.stage).toBe(stage);
  });

  it('of a text that was changed since, or against an earlier one, is a Conflict', async () => {
    const { deps, message } = open(SENDER);
    const stale = runActivity(deps, 'decideDraft', { ...decide, hash: 'older', verdict: 'approve' });
    expect(await failureOf(stale)).toMatchObject({ type: 'Conflict', nonRetryable: true });
    await runActivity(deps, 'decideDraft', { ...decide, verdict: 'reject' });
    const late = runActivity(deps, 'decideDraft', { ...decide, verdict: 'approve' });
    expect(await failureOf(late)).toMatchObject({ type: 'Conflict' });
    expect(message.stage).toBeUndefined();
  });
});

describe('records of batches and accounts', () => {
  it('are written as asked', async () => {
    const { deps, calls } = createFakes();
    await runActivity(deps, 'recordBatchState', { batchId: 'b', state: 'paused' });
    await runActivity(deps, 'finishBatch', { batchId: 'b', state: 'failed', reason: 'no mail' });
    expect(calls).toEqual(['changeBatch b paused', 'finishBatch b failed no mail']);
  });

  it('of a paused account hold its schedule too', async () => {
    const { deps, calls } = createFakes();
    await runActivity(deps, 'pauseAccount', { accountId: 'sales', reason: 'password refused' });
    expect(calls).toEqual(['changeState sales paused password refused', 'pauseSchedule sales']);
  });

  it('of a paused account are tried again when the schedule cannot be reached', async () => {
    const pauseSchedule = () => Promise.reject(new ServiceError('Unavailable', 'Temporal is away'));
    const { deps, calls } = createFakes({ pauseSchedule });
    const failure = await failureOf(runActivity(deps, 'pauseAccount', { accountId: 'sales', reason: 'x' }));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(calls).toEqual(['changeState sales paused x']);
  });
});

describe('the end of an audit', () => {
  const TOTALS = {
    ...{ listed: 9, processed: 5, unfinished: 0, skipped: 0, quarantined: 0 },
    ...{ deleted: 0, pending: 0, missing: 4, healed: 4, gone: 0 },
  };
  const request = { accountId: 'sales', auditId: 'audit-1', failure: undefined };

  it.each([
    ['an error while mail is unaccounted for', { healed: 1 }, 'ERROR Mail is unaccounted for'],
    ['a warning when all of it was fetched', {}, 'WARN Mail was missing and is fetched'],
  ])('is %s', async (_what, changes, line) => {
    const { deps } = createFakes();
    const audits = fakeStore<AuditStore>('audits', { finish: async () => ({ ...TOTALS, ...changes }) });
    const logged: string[] = [];
    await runActivity({ ...deps, audits }, 'finishAudit', request, { logged });
    expect(logged.join('\n')).toContain(line);
  });
});

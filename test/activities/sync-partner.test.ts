import { describe, expect, it } from 'vitest';
import { FAILURES, type FailureType } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { Odoo, OdooSyncRequest } from '../../src/odoo/odoo.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { classification, findings, LOCAL, VIEW } from './support/readings.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const RESULT = {
  partnerId: 7,
  partnerCreated: true,
  model: 'crm.lead',
  recordId: 9,
  recordCreated: true,
  url: 'http://odoo/9',
} as const;

function open(id: string, failure?: Error) {
  const requests: OdooSyncRequest[] = [];
  const odoo: Odoo = {
    async sync(request) {
      requests.push(request);
      if (failure !== undefined) throw failure;
      return RESULT;
    },
    ping: () => Promise.reject(new Error('not here')),
  };
  const fakes = createFakes({ odoo });
  Object.assign(fakes.message, {
    view: VIEW,
    provenance: LOCAL.provenance,
    classification: classification(id),
    priority: { priority: 'HIGH', reasons: [] },
    summary: { line: 'wants chairs', points: [{ text: 'forty', from: undefined }] },
    findings: findings('chairs'),
  });
  return { ...fakes, requests, sync: () => runActivity(fakes.deps, 'syncPartner', REF) };
}

describe('what goes to Odoo', () => {
  it('is a lead with the summary, under a key of its own, and never the text', async () => {
    const { sync, requests, syncs, calls } = open('order');
    expect(await sync()).toEqual({ partnerId: 7, recordId: 9 });
    expect(requests).toEqual([
      {
        externalKey: 'message-sales-m1',
        kind: 'lead',
        sender: { name: 'Ada', address: 'ada@example.com' },
        subject: 'Offer',
        summaryLine: 'wants chairs',
        summaryPoints: ['forty'],
        nextAction: 'about chairs',
        category: 'Name of order',
        priority: 'HIGH',
      },
    ]);
    expect(JSON.stringify(requests)).not.toContain('secret words');
    expect(syncs.get('m1')).toMatchObject({
      externalKey: 'message-sales-m1',
      url: 'http://odoo/9',
      recordId: 9,
    });
    expect(calls).toEqual(['guard odoo']);
  });

  it('is what a person said it is, whatever the engines decided', async () => {
    const { sync, requests, message } = open('order');
    message.chosenCategory = 'note-only';
    await sync();
    expect(requests[0]).toMatchObject({ kind: 'note', category: 'Name of note-only' });
  });

  it('is a note where the category says so, and when the category is gone', async () => {
    for (const id of ['note-only', 'gone']) {
      const { sync, requests } = open(id);
      await sync();
      expect(requests[0]?.kind).toBe('note');
    }
  });

  it("carries a person's priority before the engine's", async () => {
    const chosen = open('order');
    chosen.message.chosen = 'LOW';
    await chosen.sync();
    expect(chosen.requests[0]?.priority).toBe('LOW');
  });

  it('goes once, however often the activity runs', async () => {
    const { sync, requests } = open('order');
    const first = await sync();
    expect(await sync()).toEqual(first);
    expect(requests).toHaveLength(1);
  });

  it('goes again under the same key when the answer was lost', async () => {
    const { sync, requests, syncs } = open('order');
    await sync();
    syncs.clear();
    await sync();
    expect(new Set(requests.map(({ externalKey }) => externalKey)).size).toBe(1);
  });
});

describe('what does not go to Odoo', () => {
  const types = (Object.keys(FAILURES) as FailureType[]).filter((type) => type !== 'Internal');
  it.each(types)('because it fails with %s leaves no record', async (type) => {
    const { sync, syncs } = open('order', new ServiceError(type, 'no', { retryAfterMs: 2000 }));
    expect(await failureOf(sync())).toMatchObject({
      type,
      nonRetryable: !FAILURES[type].retried,
      nextRetryDelay: 2000,
    });
    expect(syncs.size).toBe(0);
  });

  it('because it is not configured says how to have it', async () => {
    const failure = await failureOf(runActivity(createFakes().deps, 'syncPartner', REF));
    expect(failure).toMatchObject({ type: 'Rejected', message: expect.stringContaining('ODOO_URL') });
  });

  it('because the message was not classified is NotFound', async () => {
    const { sync, message } = open('order');
    message.classification = undefined;
    expect(await failureOf(sync())).toMatchObject({ type: 'NotFound' });
  });
});

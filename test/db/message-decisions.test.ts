import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Classification, Findings, Provenance } from '../../src/domain/analysis.ts';
import { OUTCOMES } from '../../src/domain/message.ts';
import { parkOne } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const PROVENANCE: Provenance = {
  engine: 'local',
  engineVersion: '1',
  model: undefined,
  promptVersion: undefined,
  taxonomyVersion: 't1',
};
const ORDER: Classification = {
  category: 'order',
  confidence: 0.9,
  reasons: [{ text: 'says "order"', weight: 1 }],
  alternatives: [{ category: 'other', confidence: 0.1 }],
};
const point = (text: string) => ({ text, from: { in: 'visibleText' as const, start: 0, end: 3 } });
const SUMMARY = { line: 'Ada orders', points: [point('One'), point('Two')] };
const FINDINGS: Findings = {
  entities: [{ kind: 'order', in: 'subject', start: 0, end: 5, text: '48213', value: '48213' }],
  sentiment: { score: -0.3, label: 'negative', reasons: [{ text: '"late"', weight: -0.5 }] },
  nextAction: { action: 'look-up-order', reason: 'asks for order 48213' },
};

let parked = 0;
async function classified(): Promise<string> {
  const id = await parkOne(stores, `decision-${++parked}`);
  await stores.messages.saveView(ACCOUNT.id, id, view());
  await stores.messages.saveClassification(id, PROVENANCE, ORDER, 'classify');
  return id;
}

describe('the decisions about a message', () => {
  it('come back as they went in, with what made them', async () => {
    const id = await classified();
    await stores.messages.savePriority(id, { priority: 'HIGH', reasons: [] });
    await stores.messages.saveSummary(id, SUMMARY, FINDINGS);

    expect(await stores.messages.getAnalysis(id)).toEqual({
      provenance: { engine: 'local', engineVersion: '1', taxonomyVersion: 't1' },
      classification: ORDER,
      priority: { priority: 'HIGH', reasons: [] },
      summary: SUMMARY,
      findings: FINDINGS,
      effectivePriority: 'HIGH',
    });
    expect(await stores.messageList.get(id)).toMatchObject({
      category: 'order',
      confidence: 0.9,
      priority: 'HIGH',
      summaryLine: 'Ada orders',
      stage: 'summarize',
    });
  });

  it('of many messages at once are each put on record, and a message that is gone fails alone', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, classified));
    const names = [...ids, 'gone'];
    const { messages } = stores;
    const sources = await Promise.allSettled(names.map((id) => messages.getSource(id)));
    const decided = await Promise.allSettled(
      names.map((id, i) =>
        messages.saveClassification(id, PROVENANCE, { ...ORDER, confidence: i / 20 }, 'classify'),
      ),
    );
    const priorities = await Promise.allSettled(
      names.map((id, i) => messages.savePriority(id, { priority: i % 2 ? 'HIGH' : 'LOW', reasons: [] })),
    );
    await Promise.all(
      ids.map((id, i) => messages.saveSummary(id, { line: `Line ${i}`, points: [] }, FINDINGS)),
    );
    await Promise.all(ids.map((id, i) => messages.settle(id, i % 3 ? 'processed' : 'skipped', `note ${i}`)));
    for (const settled of [sources, decided, priorities]) {
      expect(settled.map(({ status }) => status)).toEqual([...ids.map(() => 'fulfilled'), 'rejected']);
    }
    expect(priorities.at(-1)).toMatchObject({ reason: { type: 'NotFound' } });
    for (const [i, id] of ids.entries()) {
      expect(await stores.messageList.get(id)).toMatchObject({
        confidence: i / 20,
        priority: i % 2 ? 'HIGH' : 'LOW',
        summaryLine: `Line ${i}`,
        outcome: i % 3 ? 'processed' : 'skipped',
        state: i % 3 ? 'settled' : 'skipped',
        note: `note ${i}`,
      });
      expect((await messages.getSource(id)).account.id).toBe(ACCOUNT.id);
    }
  });

  it('are objects in the database, not strings', async () => {
    const id = await classified();
    await stores.messages.savePriority(id, { priority: 'LOW', reasons: [] });
    await stores.messages.saveSummary(id, SUMMARY, FINDINGS);
    const [row] = await stores.sql`
      select jsonb_typeof(provenance) as provenance, jsonb_typeof(classification) as classification,
        jsonb_typeof(priority) as priority, jsonb_typeof(summary) as summary,
        classification ->> 'category' as category, summary -> 'points' -> 1 ->> 'text' as second
      from analysis where message_id = ${id}`;
    expect(row).toEqual({
      provenance: 'object',
      classification: 'object',
      priority: 'object',
      summary: 'object',
      category: 'order',
      second: 'Two',
    });
    const [body] =
      await stores.sql`select jsonb_typeof(details) as details, jsonb_typeof(details -> 'to') as receivers
      from message_body where message_id = ${id}`;
    expect(body).toEqual({ details: 'object', receivers: 'array' });
  });

  it('may quote mail that PostgreSQL cannot hold', async () => {
    const id = await classified();
    const hostile = 'a\u0000\ud800';
    await stores.messages.saveClassification(
      id,
      PROVENANCE,
      { ...ORDER, reasons: [{ text: hostile, weight: 1 }] },
      'consult',
    );
    await stores.messages.saveSummary(id, { line: hostile, points: [point(hostile)] }, FINDINGS);
    const { classification, summary } = await stores.messages.getAnalysis(id);
    expect([classification.reasons[0]?.text, summary?.line, summary?.points[0]?.text]).toEqual(
      Array(3).fill('a\ufffd\ufffd'),
    );
  });

  it('are replaced by a later engine, which leaves priority and summary to be made anew', async () => {
    const id = await classified();
    const model = { ...PROVENANCE, engine: 'llm', model: 'm' };
    await stores.messages.saveClassification(id, model, { ...ORDER, category: 'complaint' }, 'consult');
    const { provenance, classification } = await stores.messages.getAnalysis(id);
    expect([provenance.engine, classification.category]).toEqual(['llm', 'complaint']);
    expect(await stores.messageList.get(id)).toMatchObject({ category: 'complaint', stage: 'consult' });
  });

  it('are NotFound before there are any', async () => {
    const id = await parkOne(stores, 'undecided');
    await expect(stores.messages.getAnalysis(id)).rejects.toMatchObject({ type: 'NotFound' });
    await expect(
      stores.messages.savePriority('none', { priority: 'LOW', reasons: [] }),
    ).rejects.toMatchObject({
      type: 'NotFound',
    });
  });
});

describe("a person's priority", () => {
  it('is kept when an engine decides later, which stays on record', async () => {
    const id = await classified();
    await stores.messages.changePriority(id, 'LOW', 'ada');
    expect(await stores.messages.savePriority(id, { priority: 'URGENT', reasons: [] })).toBe('LOW');

    expect(await stores.messageList.get(id)).toMatchObject({ priority: 'LOW', priorityBy: 'ada' });
    const { priority, effectivePriority } = await stores.messages.getAnalysis(id);
    expect([priority?.priority, effectivePriority]).toEqual(['URGENT', 'LOW']);
  });

  it('is kept when both come at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, classified));
    await Promise.all(
      ids.flatMap((id) => [
        stores.messages.savePriority(id, { priority: 'URGENT', reasons: [] }),
        stores.messages.changePriority(id, 'LOW', 'ada'),
      ]),
    );
    const rows = await Promise.all(ids.map((id) => stores.messageList.get(id)));
    expect(new Set(rows.map((row) => row.priority))).toEqual(new Set(['LOW']));
  });
});

describe('the end of a run', () => {
  it.each(OUTCOMES)('%s leaves the message in the state that belongs to it', async (outcome) => {
    const id = await classified();
    await stores.messages.settle(id, outcome, 'because');
    await stores.messages.settle(id, outcome, 'because');
    const ends = ['skipped', 'cancelled', 'quarantined'];
    const row = await stores.messageList.get(id);
    expect(row).toMatchObject({ outcome, note: 'because', stage: 'settled' });
    expect(row.state).toBe(ends.includes(outcome) ? outcome : 'settled');
    expect(row.settledAt).toBeInstanceOf(Date);
  });

  it('takes a note that PostgreSQL cannot hold', async () => {
    const id = await classified();
    await stores.messages.settle(id, 'skipped', 'a\u0000b');
    expect((await stores.messageList.get(id)).note).toBe('a\ufffdb');
  });

  it('can be undone for what went wrong or was put aside, and only for that', async () => {
    const reopened: string[] = [];
    for (const outcome of OUTCOMES) {
      const id = await classified();
      await stores.messages.settle(id, outcome, 'x');
      if ((await stores.messages.reopen([id])).length > 0) reopened.push(outcome);
    }
    expect(reopened).toEqual(['skipped', 'cancelled', 'quarantined']);
    expect(await stores.messages.reopen([])).toEqual([]);
    expect(await stores.messages.reopen(['none'])).toEqual([]);
  });

  it('makes a reopened message ready as if it had just come', async () => {
    const id = await classified();
    await stores.messages.settle(id, 'cancelled', 'x');
    await stores.sql`update message set parked_at = now() - interval '1 day' where id = ${id}`;
    await stores.messages.reopen([id]);
    expect(await stores.messageList.get(id)).toMatchObject({
      state: 'parked',
      stage: null,
      outcome: null,
      note: null,
      settledAt: null,
      category: 'order',
    });
    expect(await stores.intake.findForgotten(ACCOUNT.id, 60, 100)).not.toContain(id);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decided } from '../../db/decided.ts';
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
const DUE = '2026-05-04T12:00:00.000Z';
const READING: Decided = {
  provenance: PROVENANCE,
  classification: ORDER,
  priority: { priority: 'HIGH', reasons: [], answerDue: DUE },
  summary: SUMMARY,
  findings: FINDINGS,
};

const URGENT: Decided = { ...READING, priority: { priority: 'URGENT', reasons: [] } };

let parked = 0;
async function decided(reading: Decided = READING): Promise<string> {
  const id = await parkOne(stores, `decision-${++parked}`);
  await stores.messages.saveView(ACCOUNT.id, id, view());
  await stores.messages.saveDecided(id, reading, 'summarize');
  return id;
}

describe('the decisions about a message', () => {
  it('come back as they went in, with what made them', async () => {
    const id = await decided();
    expect(await stores.messages.getAnalysis(id)).toEqual({
      provenance: { engine: 'local', engineVersion: '1', taxonomyVersion: 't1' },
      classification: ORDER,
      priority: { priority: 'HIGH', reasons: [], answerDue: DUE },
      decidedAt: expect.any(Date),
      summary: SUMMARY,
      findings: FINDINGS,
      effectivePriority: 'HIGH',
      effectiveCategory: 'order',
    });
    expect(await stores.messageList.get(id)).toMatchObject({
      category: 'order',
      confidence: 0.9,
      priority: 'HIGH',
      answerDue: new Date(DUE),
      summaryLine: 'Ada orders',
      stage: 'summarize',
    });
  });

  it('are objects in the database, not strings', async () => {
    const id = await decided();
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
    const hostile = 'a\u0000\ud800';
    const id = await decided({
      ...READING,
      classification: { ...ORDER, reasons: [{ text: hostile, weight: 1 }] },
      summary: { line: hostile, points: [point(hostile)] },
    });
    const { classification, summary } = await stores.messages.getAnalysis(id);
    expect([classification.reasons[0]?.text, summary.line, summary.points[0]?.text]).toEqual(
      Array(3).fill('a\ufffd\ufffd'),
    );
  });

  it('are replaced by a later engine', async () => {
    const id = await decided();
    const model = { ...PROVENANCE, engine: 'llm', model: 'm' };
    const reading = { ...READING, provenance: model, classification: { ...ORDER, category: 'complaint' } };
    await stores.messages.saveDecided(id, reading, 'consult');
    const { provenance, classification } = await stores.messages.getAnalysis(id);
    expect([provenance.engine, classification.category]).toEqual(['llm', 'complaint']);
    expect(await stores.messageList.get(id)).toMatchObject({ category: 'complaint', stage: 'consult' });
  });

  it('stay while the message is read again, until others take their place', async () => {
    const id = await decided();
    await stores.messages.saveView(ACCOUNT.id, id, view());
    expect(await stores.messages.getAnalysis(id)).toMatchObject({ classification: ORDER });
  });

  it('are not changed by an attempt that comes after the end', async () => {
    const id = await decided();
    await stores.messages.settle(id, 'processed', undefined);
    const late = stores.messages.saveDecided(id, URGENT, 'consult');
    await expect(late).rejects.toMatchObject({ type: 'NotFound' });
    expect(await stores.messageList.get(id)).toMatchObject({ stage: 'settled', priority: 'HIGH' });
    expect((await stores.messages.getAnalysis(id)).priority.priority).toBe('HIGH');
  });

  it('leave a message whose draft waits where it is, when an attempt comes late', async () => {
    const id = await decided();
    await stores.messages.recordStage(id, 'approval', 'awaiting-approval');
    await stores.messages.saveView(ACCOUNT.id, id, view());
    await stores.messages.saveView(ACCOUNT.id, id, view(), READING);
    const { state, stage } = await stores.messageList.get(id);
    expect([state, stage]).toEqual(['awaiting-approval', 'approval']);
  });

  it('are NotFound before there are any, and are refused for a message that is not there', async () => {
    const id = await parkOne(stores, 'undecided');
    await expect(stores.messages.getAnalysis(id)).rejects.toMatchObject({ type: 'NotFound' });
    await expect(stores.messages.saveDecided('none', READING, 'summarize')).rejects.toMatchObject({
      type: 'NotFound',
    });
  });
});

describe('a reading that is stored with its view', () => {
  it('is the same as one that is stored after it', async () => {
    const [apart, together] = [await decided(), await parkOne(stores, 'together')];
    await stores.messages.saveView(ACCOUNT.id, together, view(), READING);
    const { decidedAt: _then, ...expected } = await stores.messages.getAnalysis(apart);
    expect(await stores.messages.getAnalysis(together)).toMatchObject(expected);
    expect(await stores.messages.getView(together)).toEqual(await stores.messages.getView(apart));
    const { category, confidence, priority, summaryLine, stage, state } =
      await stores.messageList.get(together);
    expect(await stores.messageList.get(apart)).toMatchObject({
      category,
      confidence,
      priority,
      summaryLine,
    });
    expect([stage, state]).toEqual(['summarize', 'running']);
  });

  it('takes the place of an earlier one', async () => {
    const id = await decided();
    await stores.messages.saveView(ACCOUNT.id, id, view({ subject: 'Again' }), URGENT);
    expect((await stores.messages.getAnalysis(id)).priority.priority).toBe('URGENT');
    expect((await stores.messages.getView(id)).subject).toBe('Again');
  });

  it('leaves the answer time of the category that a person chose', async () => {
    const id = await decided();
    const due = new Date('2026-05-05T08:00:00.000Z');
    await stores.messages.changeCategory(id, 'complaint', 'ada', due);
    await stores.messages.saveDecided(id, READING, 'summarize');
    expect(await stores.messageList.get(id)).toMatchObject({ category: 'complaint', answerDue: due });
    await stores.messages.changeCategory(id, 'complaint', 'ada', null);
    expect((await stores.messageList.get(id)).answerDue).toBeNull();
    await stores.messages.changeCategory(id, 'order', 'ada');
    await stores.messages.saveDecided(id, READING, 'summarize');
    expect((await stores.messageList.get(id)).answerDue).toEqual(new Date(DUE));
  });

  it('leaves what a person chose', async () => {
    const id = await parkOne(stores, 'chosen');
    await stores.messages.changePriority(id, 'LOW', 'ada');
    await stores.messages.changeCategory(id, 'complaint', 'ada');
    await stores.messages.saveView(ACCOUNT.id, id, view(), URGENT);
    expect(await stores.messageList.get(id)).toMatchObject({ priority: 'LOW', category: 'complaint' });
    expect(await stores.messages.getSource(id)).toMatchObject({
      chosenPriority: 'LOW',
      chosenCategory: 'complaint',
      ended: undefined,
    });
  });

  it('is not taken for a message that has ended', async () => {
    const id = await parkOne(stores, 'ended-before');
    await stores.messages.settle(id, 'skipped', undefined);
    expect(await stores.messages.saveView(ACCOUNT.id, id, view(), READING)).toBe(false);
    expect(await stores.messages.findEnd(id)).toMatchObject({ outcome: 'skipped' });
    expect(await stores.messages.findAnalysis(id)).toBeUndefined();
    expect(await stores.messageList.get(id)).toMatchObject({ outcome: 'skipped', category: null });
  });
});

describe("a person's priority", () => {
  it('is kept when an engine decides later, which stays on record', async () => {
    const id = await decided();
    await stores.messages.changePriority(id, 'LOW', 'ada');
    expect(await stores.messages.findChosen(id)).toEqual({
      chosenPriority: 'LOW',
      chosenCategory: undefined,
    });
    await stores.messages.saveDecided(id, URGENT, 'summarize');
    expect(await stores.messageList.get(id)).toMatchObject({ priority: 'LOW', priorityBy: 'ada' });
    const { priority, effectivePriority } = await stores.messages.getAnalysis(id);
    expect([priority.priority, effectivePriority]).toEqual(['URGENT', 'LOW']);
  });

  it('is kept when both come at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => decided()));
    await Promise.all(
      ids.flatMap((id) => [
        stores.messages.saveDecided(id, URGENT, 'summarize'),
        stores.messages.changePriority(id, 'LOW', 'ada'),
      ]),
    );
    const rows = await Promise.all(ids.map((id) => stores.messageList.get(id)));
    expect(new Set(rows.map((row) => row.priority))).toEqual(new Set(['LOW']));
  });
});

describe('the end of a run', () => {
  it.each(OUTCOMES)('%s leaves the message in the state that belongs to it', async (outcome) => {
    const id = await decided();
    await stores.messages.settle(id, outcome, 'because');
    await stores.messages.settle(id, outcome, 'because');
    const ends = ['skipped', 'cancelled', 'quarantined'];
    const row = await stores.messageList.get(id);
    expect(row).toMatchObject({ outcome, note: 'because', stage: 'settled' });
    expect(row.state).toBe(ends.includes(outcome) ? outcome : 'settled');
    expect(row.settledAt).toBeInstanceOf(Date);
  });

  it('takes a note that PostgreSQL cannot hold', async () => {
    const id = await decided();
    await stores.messages.settle(id, 'skipped', 'a\u0000b');
    expect((await stores.messageList.get(id)).note).toBe('a\ufffdb');
  });

  it('can be undone for what went wrong or was put aside, and only for that', async () => {
    const reopened: string[] = [];
    for (const outcome of OUTCOMES) {
      const id = await decided();
      await stores.messages.settle(id, outcome, 'x');
      if ((await stores.messages.reopen([id])).length > 0) reopened.push(outcome);
    }
    expect(reopened).toEqual(['skipped', 'cancelled', 'quarantined']);
    expect(await stores.messages.reopen([])).toEqual([]);
    expect(await stores.messages.reopen(['none'])).toEqual([]);
  });

  it('makes a reopened message ready as if it had just come', async () => {
    const id = await decided();
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

import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import type { LocalEngine, ModelPanel } from '../../src/analysis/engine.ts';
import { reconcile } from '../../src/analysis/routing/reconcile.ts';
import type { Reading } from '../../src/domain/analysis.ts';
import { budgetSpent } from '../../src/domain/model-budget.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { LOCAL, RECEIVED_AT, reading, VIEW } from './support/readings.ts';
import { runActivity } from './support/run-activity.ts';

const model = (read: () => Promise<Reading>): ModelPanel => ({
  engines: ['anthropic'],
  analyse: async () => ({ reading: await read(), provenance: LOCAL.provenance }),
});

function open(changes: Partial<ActivityDependencies & Deciders>) {
  const fakes = createFakes(changes);
  fakes.message.view = VIEW;
  return { ...fakes, consult: () => runActivity(fakes.deps, 'consultModel', REF) };
}

describe('a model that is asked about what is sure and important', () => {
  it('is named with why, and may not spend what is kept for undecided mail', async () => {
    const budgets: unknown[] = [];
    const important = { isUndecided: false, because: 'it is urgent' };
    const { consult, message } = open({
      model: model(async () => reading('order', 'model')),
      findSecondRead: () => important,
      openBudget: (_account, asked) => {
        budgets.push(asked);
        return { reserve: async () => async () => undefined };
      },
    });
    await consult();
    expect(message.classification?.reasons.at(-1)?.text).toBe('a model was asked, because it is urgent');
    expect(budgets).toEqual([important]);
  });

  it('leaves the local decision when its share of the day is spent, and says why', async () => {
    const { consult, message } = open({
      model: model(() => Promise.reject(budgetSpent(50))),
      findSecondRead: () => ({ isUndecided: false, because: 'it is urgent' }),
    });
    await consult();
    expect(message.classification?.reasons.at(-1)?.text).toBe(
      "no second read, although it is urgent: what is left of the day's budget is kept for undecided mail",
    );
  });
});

describe('a time to answer', () => {
  it('counts after both reads, from when the message came, and is on record', async () => {
    const seen: unknown[] = [];
    const localEngine: LocalEngine = {
      ...LOCAL,
      hurry(_view, { priority }, arrival) {
        seen.push(arrival);
        return { ...priority, priority: 'URGENT', answerDue: '2026-05-04T12:00:00.000Z' };
      },
    };
    const now = new Date('2026-05-04T11:00:00Z');
    const read = { ...reading('order', 'model'), priority: { priority: 'LOW' as const, reasons: [] } };
    const fakes = open({ localEngine, now: () => now, model: model(async () => read), reconcile });
    await fakes.consult();
    expect(fakes.message.priority).toMatchObject({
      priority: 'URGENT',
      answerDue: '2026-05-04T12:00:00.000Z',
      // The model did not know of the time: LOW is compared with the local read as it was.
      needsPerson: 'two reads disagree: priority NORMAL (local) or LOW (model)',
    });
    expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ receivedAt: RECEIVED_AT, now })]),
    );

    // Of the category in force, which a person may have chosen while the model was asked.
    const ofChosen: LocalEngine = {
      ...LOCAL,
      hurry: (_view, { priority, classification }) => ({
        ...priority,
        ...(classification.category === 'order' && { answerDue: '2026-05-04T12:00:00.000Z' }),
      }),
    };
    const chosen = open({ localEngine: ofChosen, model: model(async () => read), reconcile });
    const findChosen = async () => ({ chosenPriority: undefined, chosenCategory: 'silent' });
    const messages = { ...chosen.deps.messages, findChosen };
    await runActivity({ ...chosen.deps, messages }, 'consultModel', REF);
    expect(chosen.message.priority?.answerDue).toBeUndefined();

    const alone = createFakes({ localEngine, now: () => now });
    await runActivity(alone.deps, 'readMessage', REF);
    await runActivity(alone.deps, 'classifyMessage', REF);
    const request = { ...REF, consulted: false };
    expect(await runActivity(alone.deps, 'prioritizeMessage', request)).toEqual({ priority: 'URGENT' });
    await runActivity(alone.deps, 'summarizeMessage', request);
    expect(alone.message.priority?.answerDue).toBe('2026-05-04T12:00:00.000Z');
  });
});

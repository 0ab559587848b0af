import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import type { LocalEngine, ModelPanel } from '../../src/analysis/engine.ts';
import { reconcile } from '../../src/analysis/routing/reconcile.ts';
import type { Reading } from '../../src/domain/analysis.ts';
import { budgetSpent } from '../../src/domain/model-budget.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
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

describe('the wait of what is sure and important', () => {
  const important = { isUndecided: false, because: 'it is urgent' };
  const hanging: ModelPanel = {
    engines: ['anthropic'],
    analyse: (_view, signal) =>
      new Promise((_resolve, reject) => {
        const stop = () => reject(signal.reason as Error);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop);
      }),
  };
  const consult = (queuedMs: number, panel: ModelPanel, asked = important) => {
    const { deps, message } = open({ model: panel, findSecondRead: () => asked });
    return { message, done: runActivity(deps, 'consultModel', REF, { queuedMs }) };
  };

  it.each([29_980, 31_000, 500_000])('ends by the local read after %i ms in the queue', async (queuedMs) => {
    const { message, done } = consult(queuedMs, hanging);
    expect(await done).toMatchObject({ category: 'order' });
    expect(message.classification?.reasons.at(-1)?.text).toBe(
      'no second read, although it is urgent: no model answered in the time it could wait (Unavailable)',
    );
  });

  it('is not made longer by another attempt', async () => {
    const limited = model(() => Promise.reject(new ServiceError('RateLimited', 'no', { retryAfterMs: 10 })));
    const { message, done } = consult(0, limited);
    await done;
    expect(message.classification?.reasons.at(-1)?.text).toContain('no second read');
  });

  it('of what is undecided has no such end', async () => {
    const { message, done } = consult(
      500_000,
      model(async () => reading('order', 'model')),
      { isUndecided: true, because: 'it is undecided' },
    );
    await done;
    expect(message.classification?.reasons.at(-1)?.text).toContain('a model was asked');
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

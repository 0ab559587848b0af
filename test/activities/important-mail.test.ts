import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import type { ModelPanel } from '../../src/analysis/engine.ts';
import type { Reading } from '../../src/domain/analysis.ts';
import { budgetSpent } from '../../src/domain/model-budget.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { LOCAL, reading, VIEW } from './support/readings.ts';
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

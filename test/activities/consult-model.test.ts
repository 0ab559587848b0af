import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import type { ModelPanel } from '../../src/analysis/engine.ts';
import { reconcile } from '../../src/analysis/routing/reconcile.ts';
import type { Reading } from '../../src/domain/analysis.ts';
import { FAILURES, type FailureType } from '../../src/domain/failure.ts';
import type { MessageView } from '../../src/domain/message.ts';
import { budgetSpent } from '../../src/domain/model-budget.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { ACCOUNT, createFakes, REF } from './support/fake-dependencies.ts';
import { LOCAL, reading, VIEW } from './support/readings.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

/** What the local read was made by is on record beside what the model was. */
const BOTH = { localVersion: LOCAL.provenance.engineVersion };
const PROVENANCE = { ...LOCAL.provenance, engine: 'anthropic', model: 'm', promptVersion: 'p1' };

function model(read: (view: MessageView) => Promise<Reading>): ModelPanel {
  return {
    engines: ['anthropic'],
    analyse: async (view) => ({ reading: await read(view), provenance: PROVENANCE }),
  };
}
const failing = (type: FailureType, retryAfterMs?: number) =>
  model(() =>
    Promise.reject(new ServiceError(type, 'no', retryAfterMs === undefined ? {} : { retryAfterMs })),
  );

function open(changes: Partial<ActivityDependencies & Deciders>) {
  const fakes = createFakes(changes);
  fakes.message.view = VIEW;
  const consult = (attempt = 1) => runActivity(fakes.deps, 'consultModel', REF, { attempt });
  return { ...fakes, consult };
}

describe('a model that answers', () => {
  it('decides together with the local engine, under its own name', async () => {
    const seen: string[] = [];
    const { consult, message, memory, calls } = open({
      model: model(async () => reading('note-only', 'model')),
      reconcile(local, read) {
        seen.push(local.classification.category, read.classification.category);
        return read;
      },
    });
    const facts = await consult();

    expect(seen).toEqual(['order', 'note-only']);
    expect(facts).toMatchObject({ category: 'note-only', confidence: 0.5 });
    expect(message).toMatchObject({
      provenance: { ...PROVENANCE, ...BOTH },
      classification: { category: 'note-only' },
      summary: { line: 'by model' },
      stage: 'consult',
    });
    // The steps after it must ask Postgres, not what the local engine left in memory.
    expect(memory.get(REF.messageId)).toMatchObject({ view: VIEW });
    expect(memory.get(REF.messageId)?.classification).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it.each([
    [false, 'hidden', 'restored'],
    [true, 'plain', 'by model'],
  ])(
    'where its account lets it see personal data (%s) it reads the %s text',
    async (modelSeesPii, text, line) => {
      const seen: string[] = [];
      const { deps, message, consult } = open({
        model: model(async (view) => {
          seen.push(view.visibleText);
          return reading('note-only', 'model');
        }),
        veil: {
          hide: (_, view) => ({
            view: { ...view, visibleText: 'hidden' },
            restore: (read) => ({ ...read, summary: { ...read.summary, line: 'restored' } }),
          }),
        },
        reconcile: (_, read) => read,
      });
      message.view = { ...VIEW, visibleText: 'plain' };
      deps.accounts.get = async () => ({ ...ACCOUNT, modelSeesPii });
      await consult();
      expect(seen).toEqual([text]);
      expect(message.summary).toMatchObject({ line });
    },
  );

  it('sees the customer as the sender of what a colleague forwarded', async () => {
    const senders: string[] = [];
    const { consult, message } = open({
      model: model(async (view) => {
        senders.push(view.from.address);
        return reading('note-only', 'model');
      }),
      veil: { hide: (_id, view) => ({ view, restore: (read) => read }) },
    });
    message.view = {
      ...VIEW,
      from: { name: 'Colleague', address: 'joe@example.org' },
      forwardedFrom: { name: 'Cleo', address: 'cleo@customer.example', subject: 'Lamp' },
    };
    await consult();
    expect(senders).toEqual(['cleo@customer.example']);
  });

  it('may be asked again with the same effect', async () => {
    const { consult, message } = open({ model: model(async () => reading('note-only', 'model')) });
    const first = await consult();
    const kept = { ...message };
    expect(await consult(2)).toEqual(first);
    expect(message).toEqual(kept);
  });

  it('and disagrees makes it a question for a person', async () => {
    const { consult, message } = open({ model: model(async () => reading('note-only', 'model')), reconcile });
    expect((await consult()).confidence).toBeLessThanOrEqual(0.3);
    expect(message.classification?.reasons[0]?.text).toContain('disagree');
    expect(message.classification?.needsPerson).toBe(
      'two reads disagree: order (local) or note-only (model)',
    );
  });

  it('is told nothing where a person has chosen, and gives way to one who chooses meanwhile', async () => {
    let asked = 0;
    const { consult, message, memory } = open({
      model: model(async () => {
        asked += 1;
        message.chosenCategory = 'silent';
        return reading('note-only', 'model');
      }),
    });
    const expected = { category: 'silent', confidence: 1, plan: { consult: false, draft: false } };
    expect(await consult()).toMatchObject(expected);
    expect(message.classification?.category).toBe('silent');
    expect(memory.get(REF.messageId)?.chosenCategory).toBe('silent');
    expect(await consult(2)).toMatchObject(expected);
    expect(asked).toBe(1);
    memory.clear();
    expect(await consult()).toMatchObject(expected);
    expect(asked).toBe(1);
  });

  it('is not blamed when its answer cannot be stored', async () => {
    const { deps, message } = open({ model: model(async () => reading('note-only', 'model')) });
    const outage = new ServiceError('Unavailable', 'PostgreSQL is away');
    let writes = 0;
    const { messages } = deps;
    const flaky = {
      ...deps,
      messages: {
        getView: messages.getView,
        getReceivedAt: messages.getReceivedAt,
        findChosen: messages.findChosen,
        saveDecided: (...args: Parameters<typeof messages.saveDecided>) => {
          writes += 1;
          return writes === 1 ? Promise.reject(outage) : messages.saveDecided(...args);
        },
      } as unknown as typeof messages,
    };
    expect(await failureOf(runActivity(flaky, 'consultModel', REF))).toMatchObject({ type: 'Unavailable' });
    expect(message.classification).toBeUndefined();
    await runActivity(flaky, 'consultModel', REF, { attempt: 2 });
    expect(message.provenance).toEqual({ ...PROVENANCE, ...BOTH });
  });
});

describe('without a model', () => {
  it('the local decision stands', async () => {
    const { consult, message, calls } = open({ model: undefined });
    expect(await consult()).toMatchObject({ category: 'order' });
    expect(message.provenance).toEqual(LOCAL.provenance);
    expect(calls).toEqual([]);
  });

  const types = Object.keys(FAILURES) as FailureType[];
  const atOnce = types.filter((type) => !['OutputInvalid', 'RateLimited'].includes(type));
  it.each(atOnce)('that fails with %s the local decision stands at once, and says so', async (type) => {
    const { consult, message } = open({ model: failing(type) });
    expect(await consult()).toMatchObject({ category: 'order' });
    expect(message.provenance).toEqual(LOCAL.provenance);
    expect(message.classification?.reasons.at(-1)?.text).toContain(type);
    expect(message.classification?.reasons[0]?.text).toBe('says order');
  });

  it('that the account cannot pay for any more the local decision stands, and says so', async () => {
    const { consult, message } = open({
      openBudget: ({ id }) => ({ reserve: () => Promise.reject(budgetSpent(id === 'sales' ? 9 : 0)) }),
      model: {
        engines: ['anthropic'],
        async analyse(_view, _signal, spend) {
          await spend?.reserve(1000);
          throw new Error('it was asked');
        },
      },
    });
    expect(await consult()).toMatchObject({ category: 'order' });
    expect(message.provenance).toEqual(LOCAL.provenance);
    expect(message.classification?.reasons.at(-1)?.text).toBe(
      'no second read: the budget of the day is spent',
    );
  });

  it('that answers nonsense is asked twice, then the local decision stands', async () => {
    const { consult, message } = open({ model: failing('OutputInvalid') });
    expect(await failureOf(consult(1))).toMatchObject({ type: 'OutputInvalid', nonRetryable: false });
    expect(message.classification).toBeUndefined();
    await consult(2);
    expect(message.classification?.reasons.at(-1)?.text).toContain('OutputInvalid');
  });

  it('that asks to wait a little is asked three times', async () => {
    const { consult, message } = open({ model: failing('RateLimited', 2000) });
    for (const attempt of [1, 2]) {
      expect(await failureOf(consult(attempt))).toMatchObject({ type: 'RateLimited', nextRetryDelay: 2000 });
    }
    await consult(3);
    expect(message.classification?.reasons.at(-1)?.text).toContain('RateLimited');
  });

  it('that asks to wait long is done without', async () => {
    const { consult, message } = open({ model: failing('RateLimited', 30_001) });
    await consult(1);
    expect(message.provenance).toEqual(LOCAL.provenance);
  });

  it('a bug is a bug', async () => {
    const { consult } = open({ model: model(() => Promise.reject(new TypeError('x'))) });
    expect(await failureOf(consult())).toMatchObject({ type: 'Internal' });
  });

  it('the reason tells no one what the mail said', async () => {
    const { consult, message } = open({
      model: model(() =>
        Promise.reject(new ServiceError('Rejected', 'secret words', { cause: new Error('secret') })),
      ),
    });
    await consult();
    expect(JSON.stringify(message.classification)).not.toContain('secret');
  });
});

it('fails with NotFound for a message that was not read', async () => {
  const { deps } = createFakes({ model: failing('Unavailable') });
  expect(await failureOf(runActivity(deps, 'consultModel', REF))).toMatchObject({ type: 'NotFound' });
});

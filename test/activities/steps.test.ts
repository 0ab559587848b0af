import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createFakes, type Fakes, REF } from './support/fake-dependencies.ts';
import { classification, LOCAL, reading, VIEW } from './support/readings.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const ALONE = { ...REF, consulted: false };
const CONSULTED = { ...REF, consulted: true };

async function runSteps({ deps }: Fakes) {
  return {
    read: await runActivity(deps, 'readMessage', REF),
    classify: await runActivity(deps, 'classifyMessage', REF),
    prioritize: await runActivity(deps, 'prioritizeMessage', ALONE),
    summarize: await runActivity(deps, 'summarizeMessage', ALONE),
    draft: await runActivity(deps, 'draftReply', REF),
  };
}

describe('the steps of a run', () => {
  it('read, classify, prioritize, summarize and draft, and hand over small facts only', async () => {
    const fakes = createFakes();
    const facts = await runSteps(fakes);
    expect(facts).toEqual({
      read: { language: 'en', automatic: 'person', attachments: 0, warnings: 1 },
      classify: { category: 'order', confidence: 0.5, plan: { consult: false, sync: false, draft: true } },
      prioritize: { priority: 'NORMAL' },
      summarize: undefined,
      draft: { draftId: 'draft-1', hash: 'hash-1', approval: 'none', why: 'approved' },
    });
    expect(JSON.stringify(facts)).not.toContain('secret words');
    expect(fakes.message).toMatchObject({ provenance: LOCAL.provenance, summary: { line: 'by local' } });
  });

  it('plan a second read of what matters, by how pressing it is, where a model could be asked', async () => {
    const seen: unknown[] = [];
    const findSecondRead: ActivityDependencies['findSecondRead'] = ({ priority }, category) => {
      seen.push([priority.priority, category?.id]);
      return { isUndecided: false, because: 'it is urgent' };
    };
    const localEngine = { ...LOCAL, prioritize: () => ({ priority: 'URGENT' as const, reasons: [] }) };
    const model = { engines: ['m'], analyse: () => Promise.reject(new Error('not here')) };
    const planned = async (changes: Partial<ActivityDependencies & Deciders>, chosen?: string) => {
      const fakes = createFakes({ findSecondRead, localEngine, ...changes });
      fakes.message.chosenCategory = chosen;
      await runActivity(fakes.deps, 'readMessage', REF);
      return (await runActivity(fakes.deps, 'classifyMessage', REF)).plan.consult;
    };
    expect(await planned({ model })).toBe(true);
    expect(seen).toEqual([['URGENT', 'order']]);
    expect(await planned({})).toBe(false);
    expect(await planned({ model }, 'order')).toBe(false);
    const automatic = { kind: 'list' as const, reasons: [] };
    expect(await planned({ model, readView: async () => ({ ...VIEW, automatic }) })).toBe(false);
  });

  it('go on with the category that a person chose', async () => {
    const fakes = createFakes();
    fakes.message.chosenCategory = 'silent';
    await runActivity(fakes.deps, 'readMessage', REF);
    const { category, confidence, plan } = await runActivity(fakes.deps, 'classifyMessage', REF);
    expect([category, confidence, plan.draft]).toEqual(['silent', 1, false]);
    fakes.memory.clear();
    await runActivity(fakes.deps, 'summarizeMessage', ALONE);
    expect(fakes.message.classification).toMatchObject({ category: 'silent', confidence: 1 });
    expect(fakes.message.classification?.reasons[0]?.text).toContain('a person');
  });

  it.each([ALONE, CONSULTED])('say how a message ended meanwhile, with the summary', async (request) => {
    const fakes = createFakes();
    await runActivity(fakes.deps, 'readMessage', REF);
    fakes.message.ended = { outcome: 'cancelled', category: undefined, priority: undefined };
    expect(await runActivity(fakes.deps, 'summarizeMessage', request)).toEqual(fakes.message.ended);
    expect(fakes.message.view).toBeUndefined();
  });

  it('do not remember what another run of the message decided', async () => {
    const kept: string[] = [];
    const { deps } = createFakes();
    const memory = { ...deps.memory, set: (key: string) => void kept.push(key) };
    await runActivity({ ...deps, memory }, 'readMessage', REF);
    await runActivity({ ...deps, memory }, 'readMessage', REF, { runId: 'a-later-run' });
    expect(new Set(kept).size).toBe(2);
  });

  it('say how a message had ended before it was read, and keep nothing of it', async () => {
    const fakes = createFakes();
    fakes.message.ended = { outcome: 'skipped', category: undefined, priority: undefined };
    const facts = await runActivity(fakes.deps, 'readMessage', REF);
    expect(facts).toMatchObject({ language: 'en', ended: { outcome: 'skipped' } });
    expect(fakes.memory.size).toBe(0);
    expect(fakes.message.view).toBeUndefined();
  });

  it('note at a delivery of ours that a report says it came back', async () => {
    const report = { recipients: [], originalMessageId: 'ours@example.org' };
    const automatic = { kind: 'bounce' as const, reasons: [], bounce: report };
    const fakes = createFakes({ readView: async () => ({ ...VIEW, automatic }) });
    await runActivity(fakes.deps, 'readMessage', REF);
    expect(fakes.calls).toContain('bounce m1 ours@example.org');
  });

  it('come to the same when each runs again', async () => {
    const fakes = createFakes();
    const first = await runSteps(fakes);
    const kept = { ...fakes.message };
    expect(await runSteps(fakes)).toEqual(first);
    expect(fakes.message).toEqual(kept);
  });

  it('come to the same when another worker does each of them', async () => {
    const once = createFakes();
    const expected = await runSteps(once);
    const fakes = createFakes();
    const forgetful = {
      ...fakes.deps,
      memory: { get: () => undefined, set: () => undefined, delete: () => undefined },
    };
    expect(await runSteps({ ...fakes, deps: forgetful })).toEqual(expected);
    expect(fakes.message).toEqual(once.message);
  });

  it('open a source only at its own place', async () => {
    const { deps } = createFakes();
    const { messages } = deps;
    const moved = {
      ...deps,
      messages: {
        ...messages,
        getSource: async () => ({
          ...(await messages.getSource('m1')),
          sealed: Buffer.from('source/bytes/other|x'),
        }),
      },
    };
    expect(await failureOf(runActivity(moved, 'readMessage', REF))).toMatchObject({ type: 'Internal' });
  });

  it.each(['InvalidInput', 'Unavailable', 'NotFound'] as const)(
    'pass on that reading failed with %s',
    async (type) => {
      const { deps, message } = createFakes({ readView: () => Promise.reject(new ServiceError(type, 'no')) });
      expect(await failureOf(runActivity(deps, 'readMessage', REF))).toMatchObject({ type });
      expect(message.view).toBeUndefined();
    },
  );

  it('draftReply of a message that is not on record is NotFound', async () => {
    const drafted = runActivity(createFakes().deps, 'draftReply', REF);
    expect(await failureOf(drafted)).toMatchObject({ type: 'NotFound' });
  });

  it('put a message on record once: before a model is asked, or else with what was decided', async () => {
    const alone = createFakes();
    await runActivity(alone.deps, 'readMessage', REF);
    await runActivity(alone.deps, 'classifyMessage', REF);
    await runActivity(alone.deps, 'prioritizeMessage', ALONE);
    expect(alone.message.view).toBeUndefined();
    await runActivity(alone.deps, 'summarizeMessage', ALONE);
    expect(alone.message).toMatchObject({ view: VIEW, classification: { category: 'order' } });

    const model = { engines: ['anthropic'], analyse: () => Promise.reject(new Error('no')) };
    const unsure = { ...LOCAL, classify: () => classification('order', 0.1) };
    const asked = createFakes({ model, localEngine: unsure });
    await runActivity(asked.deps, 'classifyMessage', REF);
    expect(asked.message).toMatchObject({ view: VIEW, classification: undefined });
  });
});

describe('the plan', () => {
  const odoo = { sync: () => Promise.reject(new Error('no')), ping: () => Promise.reject(new Error('no')) };
  const model = { engines: ['anthropic'], analyse: () => Promise.reject(new Error('no')) };
  async function plan(id: string, confidence: number, kind: typeof VIEW.automatic.kind, from = VIEW.from) {
    const localEngine = { ...LOCAL, classify: () => classification(id, confidence) };
    const view = { ...VIEW, from, automatic: { kind, reasons: [] } };
    const { deps } = createFakes({ localEngine, odoo, model, readView: async () => view });
    return (await runActivity(deps, 'classifyMessage', REF)).plan;
  }

  it.each([
    ['order', 0.9, { consult: false, sync: true, draft: true }],
    ['order', 0.1, { consult: true, sync: true, draft: true }],
    ['note-only', 0.9, { consult: false, sync: true, draft: true }],
    ['silent', 0.9, { consult: false, sync: false, draft: false }],
    ['gone-from-the-taxonomy', 0.1, { consult: true, sync: false, draft: false }],
  ] as const)('of %s at %f needs just what its category asks for', async (id, confidence, expected) => {
    expect(await plan(id, confidence, 'person')).toEqual(expected);
  });

  it.each(['auto-reply', 'bounce', 'list', 'notification'] as const)(
    'of %s needs nothing at all',
    async (kind) => {
      expect(await plan('order', 0.1, kind)).toEqual({ consult: false, sync: false, draft: false });
    },
  );

  it('syncs nobody without an address', async () => {
    expect(await plan('order', 0.9, 'person', { name: 'Ada', address: '' })).toMatchObject({ sync: false });
  });

  it('is empty on a worker without model and Odoo', async () => {
    const localEngine = { ...LOCAL, classify: () => classification('order', 0.1) };
    const { deps } = createFakes({ localEngine });
    const { plan: found } = await runActivity(deps, 'classifyMessage', REF);
    expect(found).toEqual({ consult: false, sync: false, draft: true });
  });
});

describe('after a model was consulted', () => {
  function consulted(engine: string) {
    const fakes = createFakes();
    const { classification: decided, priority, summary } = reading('note-only', 'model');
    Object.assign(fakes.message, {
      view: VIEW,
      provenance: { ...LOCAL.provenance, engine },
      classification: decided,
      priority: { ...priority, priority: 'URGENT' },
      summary,
    });
    return fakes;
  }

  it.each(['anthropic', 'local'])('what was put on record then is kept, by %s', async (engine) => {
    const { deps, message } = consulted(engine);
    expect(await runActivity(deps, 'prioritizeMessage', CONSULTED)).toEqual({ priority: 'URGENT' });
    await runActivity(deps, 'summarizeMessage', CONSULTED);
    expect(message.summary?.line).toBe('by model');
  });

  it("a person's priority is the one in force", async () => {
    const { deps } = consulted('anthropic');
    await runActivity(deps, 'changePriority', { ...REF, priority: 'LOW', by: 'ada' });
    expect(await runActivity(deps, 'prioritizeMessage', CONSULTED)).toEqual({ priority: 'LOW' });
  });
});

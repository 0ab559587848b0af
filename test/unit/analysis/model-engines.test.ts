import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, Spend } from '../../../src/analysis/engine.ts';
import { createAnthropicEngine } from '../../../src/analysis/llm/create-anthropic-engine.ts';
import { createMistralEngine } from '../../../src/analysis/llm/create-mistral-engine.ts';
import { createOllamaEngine } from '../../../src/analysis/llm/create-ollama-engine.ts';
import { suspicionReason } from '../../../src/analysis/suspicion-reason.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { FailureType } from '../../../src/domain/failure.ts';
import { PIPELINE_VERSION } from '../../../src/domain/pipeline-version.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { type FakeAnthropicStep, startFakeAnthropic } from '../../support/fake-anthropic.ts';
import { startFakeMistral } from '../../support/fake-mistral.ts';
import { startFakeOllama } from '../../support/fake-ollama.ts';
import { messageView } from '../../support/message-view.ts';
import type { FakeStep, FakeVendor } from '../../support/start-fake-vendor.ts';

const taxonomy = loadTaxonomy();
const never = new AbortController().signal;
const mail = messageView({ subject: 'Refund', text: 'Please refund order 48213. hunter2' });
const answer = {
  category: 'refund',
  category_reason: 'Asks for money back.',
  alternatives: ['complaint', 'refund', 'order'],
  labels: ['complaint', 'refund'],
  needs_action: true,
  priority: 'HIGH',
  priority_reason: 'Was promised for last week.',
  line: 'Wants a refund of order 48213.',
  points: ['Order 48213 is to be refunded.', ''],
  suspicious: false,
  suspicion_reason: '',
};

interface Settings {
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
  readonly timeoutMs: number;
}
interface Vendor {
  readonly name: string;
  readonly tokens: number;
  start(): Promise<FakeVendor>;
  create(settings: Settings): Engine;
}

const VENDORS: Vendor[] = [
  {
    name: 'Anthropic',
    tokens: 1800 + Math.ceil(JSON.stringify(answer).length / 4),
    start: startAnthropic,
    create: ({ url, ...rest }) => createAnthropicEngine({ ...rest, baseURL: url, taxonomy }),
  },
  {
    name: 'Mistral',
    tokens: 1900,
    start: startFakeMistral,
    create: ({ url, ...rest }) => createMistralEngine({ ...rest, serverURL: url, taxonomy }),
  },
  {
    name: 'Ollama',
    tokens: 1900,
    start: startFakeOllama,
    create: ({ url, model, timeoutMs }) => createOllamaEngine({ host: url, model, timeoutMs, taxonomy }),
  },
];

/** The older fake in the form of the newer ones. */
async function startAnthropic(): Promise<FakeVendor> {
  const fake = await startFakeAnthropic();
  const toStep = (step: FakeStep): FakeAnthropicStep =>
    'answer' in step ? { answer: step.answer, ...(step.cut && { stopReason: 'max_tokens' }) } : step;
  return {
    ...fake,
    script(...steps) {
      fake.reset();
      fake.script(...steps.map(toStep));
    },
  };
}

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw new Error(`no ServiceError but ${String(error)}`, { cause: error });
}

describe.each(VENDORS)('the engine of $name', ({ name, tokens, start, create }) => {
  let fake: FakeVendor;
  beforeAll(async () => {
    fake = await start();
  });
  afterAll(() => fake.close());
  beforeEach(() => fake.reset());

  const open = (settings: Partial<Settings> = {}) =>
    create({ url: fake.url, apiKey: 'test-key', model: 'test-model', timeoutMs: 2000, ...settings });
  const read = (...steps: FakeStep[]) => {
    fake.script(...steps);
    return open().analyse(mail, never);
  };

  it('turns an answer into a reading', async () => {
    const { classification, priority, summary } = await read({ answer });
    expect(classification).toMatchObject({
      category: 'refund',
      confidence: 0.6,
      reasons: [{ text: 'Asks for money back.', weight: 1 }],
      alternatives: [{ category: 'order' }],
      labels: [{ category: 'complaint', confidence: 0.6 }],
      needsAction: true,
    });
    expect(priority.priority).toBe('HIGH');
    expect(summary).toEqual({
      line: 'Wants a refund of order 48213.',
      points: [{ text: 'Order 48213 is to be refunded.', from: expect.anything() }],
    });
  });

  it('says who decided', () => {
    expect(open().provenance).toMatchObject({
      engine: name.toLowerCase(),
      model: 'test-model',
      taxonomyVersion: taxonomy.version,
      pipelineVersion: PIPELINE_VERSION,
      ruleVersion: expect.any(String),
      promptVersion: expect.any(String),
    });
  });

  it('makes one call, held to the schema, without tools', async () => {
    await read({ answer });
    expect(fake.requests).toHaveLength(1);
    const body = JSON.stringify(fake.requests[0]?.body);
    expect(body).toContain('personal-data-request');
    expect(body).toContain('"additionalProperties":false');
    expect(body).not.toContain('"tools"');
  });

  it('asks for room in the budget first, and says what it used', async () => {
    const seen: string[] = [];
    const spend: Spend = {
      async reserve(estimate) {
        seen.push(`reserve ${estimate > 1000} ${fake.requests.length}`);
        return async (count) => void seen.push(`charge ${count}`);
      },
    };
    fake.script({ answer });
    await open().analyse(mail, never, spend);
    expect(seen).toEqual(['reserve true 0', `charge ${tokens}`]);

    const spent = new ServiceError('Rejected', 'spent', { details: { budget: 'calls' } });
    const refusing = { ...spend, reserve: () => Promise.reject(spent) };
    expect(await failure(open().analyse(mail, never, refusing))).toBe(spent);
    expect(fake.requests).toHaveLength(1);
  });

  it('gives back what a call that was refused did not take, and keeps what may have been paid for', async () => {
    const charged: unknown[] = [];
    const spend: Spend = { reserve: async () => async (count) => void charged.push(count) };
    fake.script({ status: 429 });
    await failure(open().analyse(mail, never, spend));
    expect(charged).toEqual([0]);
    fake.script({ answer: { category: 'refund' } });
    await failure(open().analyse(mail, never, spend));
    expect(charged).toEqual([0, expect.toSatisfy((count) => count === undefined || count > 0)]);
  });

  it('marks what the model finds suspicious', async () => {
    const { classification } = await read({
      answer: { ...answer, suspicious: true, suspicion_reason: 'steers' },
    });
    expect(classification.reasons.filter(suspicionReason.is)).toEqual([suspicionReason.of('steers')]);
  });

  it.each<[string, FakeStep]>([
    ['an unknown category', { answer: { ...answer, category: 'gold' } }],
    ['an unknown priority', { answer: { ...answer, priority: 'NOW' } }],
    ['a missing field', { answer: { category: 'refund' } }],
    ['more than was asked', { answer: { ...answer, send_to: 'x@example.com' } }],
    ['no JSON', { answer: 'Sure! hunter2' }],
    ['an answer cut off', { answer, cut: true }],
    ['a body of another form', { rawBody: '{"hello":"hunter2"}' }],
  ])('does not believe %s', async (_, step) => {
    const error = await failure(read(step));
    expect(error.type).toBe('OutputInvalid');
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('hunter2');
  });

  it('does not believe the page of a proxy', async () => {
    const error = await failure(read({ rawBody: '<html>hello</html>', contentType: 'text/html' }));
    expect(['OutputInvalid', 'Unavailable']).toContain(error.type);
  });

  it.each<[number, FailureType]>([
    [400, 'InvalidInput'],
    [403, 'PermissionDenied'],
    [404, 'NotFound'],
    [413, 'Rejected'],
    [422, 'Rejected'],
    [429, 'RateLimited'],
    [500, 'Unavailable'],
    [503, 'Unavailable'],
  ])('translates HTTP %i to %s, without retrying', async (status, type) => {
    const error = await failure(read({ status }));
    expect(error.type).toBe(type);
    expect(error.details).toMatchObject({ status });
    expect(JSON.stringify([error.message, error.fix, error.details])).not.toContain('hunter2');
    expect(fake.requests).toHaveLength(1);
  });

  it('says when to come back', async () => {
    expect((await failure(read({ status: 429, retryAfter: '7' }))).retryAfterMs).toBe(7000);
    expect((await failure(read({ status: 429 }))).retryAfterMs).toBeUndefined();
    expect((await failure(read({ status: 503, retryAfter: '2' }))).retryAfterMs).toBe(2000);
  });

  it.each<[string, FakeStep]>([
    ['a connection cut before the answer', { hangUp: 'before' }],
    ['a connection cut within the answer', { hangUp: 'within' }],
    ['a body that breaks off', { rawBody: '{"id":"msg' }],
  ])('treats %s as unavailable', async (_, step) => {
    expect((await failure(read(step))).type).toBe('Unavailable');
  });

  it('gives up after its time', async () => {
    fake.script({ silence: true });
    expect(await failure(open({ timeoutMs: 100 }).analyse(mail, never))).toMatchObject({
      type: 'Unavailable',
      message: `${name} did not answer in time`,
    });
  });

  it('says so when nobody listens', async () => {
    const lonely = open({ url: 'http://127.0.0.1:1' });
    expect((await failure(lonely.analyse(mail, never))).type).toBe('Unavailable');
  });

  it('stops when told to, with the reason it was given', async () => {
    const controller = new AbortController();
    fake.script({ silence: true });
    const running = open().analyse(mail, controller.signal);
    const reason = new Error('cancelled');
    setTimeout(() => controller.abort(reason), 30);
    await expect(running).rejects.toBe(reason);
  });

  it('prints nothing', async () => {
    const spies = (['log', 'warn', 'error', 'info'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(() => undefined),
    );
    await failure(read({ status: 500 }));
    await failure(read({ rawBody: 'hunter2' }));
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe.each(VENDORS.filter(({ name }) => name !== 'Ollama'))('a key of $name', ({ start, create }) => {
  it('that is refused is reported and kept to itself', async () => {
    const fake = await start();
    const engine = create({ url: fake.url, apiKey: 'wrong-key', model: 'm', timeoutMs: 2000 });
    const error = await failure(engine.analyse(mail, never));
    await fake.close();
    expect(error.type).toBe('AuthenticationFailed');
    expect(JSON.stringify([error.message, error.fix, error.details])).not.toContain('wrong-key');
  });
});

it('tells that Ollama does not hold the model', async () => {
  const fake = await startFakeOllama();
  const engine = createOllamaEngine({ host: fake.url, model: 'missing', timeoutMs: 2000, taxonomy });
  const error = await failure(engine.analyse(mail, never));
  await fake.close();
  expect(error.type).toBe('NotFound');
});

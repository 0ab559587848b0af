import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/analysis/engine.ts';
import { askPaid } from '../../../src/analysis/llm/ask-paid.ts';
import { createAnthropicEngine } from '../../../src/analysis/llm/create-anthropic-engine.ts';
import { createMistralEngine } from '../../../src/analysis/llm/create-mistral-engine.ts';
import { createOllamaEngine } from '../../../src/analysis/llm/create-ollama-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { createBreakers } from '../../../src/create-breakers.ts';
import { createBudget } from '../../../src/create-budget.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { startFakeOllama } from '../../support/fake-ollama.ts';
import { messageView } from '../../support/message-view.ts';

const taxonomy = loadTaxonomy();
const prompt = { system: 'Sort.', user: 'Hello.' };
const down = () => Promise.reject(new ServiceError('Unavailable', 'Postgres is away'));

/** The tokens of an account, as the store counts them. */
function openAccount(settle?: () => Promise<never>) {
  const counted = { tokens: 0, warned: [] as object[] };
  const store = {
    reserve: async (_id: string, tokens: number) => {
      counted.tokens += tokens;
      return '2026-11-02';
    },
    settle:
      settle ??
      (async (_id: string, _day: string, difference: number) => {
        counted.tokens += difference;
      }),
  };
  const logger = { warn: (fields: object) => void counted.warned.push(fields) };
  return {
    counted,
    spend: createBudget(store, { tokensPerDay: undefined, undecidedShare: 0.5 }, logger)({ id: 'sales' }),
  };
}

describe('a call that was paid for', () => {
  it('counts, and its answer is kept, where what it took cannot be written down', async () => {
    const { counted, spend } = openAccount(down);
    const reply = await askPaid(prompt, spend, async () => ({ text: '{}', tokens: 5000 }));
    expect(reply.text).toBe('{}');
    expect(counted.tokens).toBeGreaterThan(0);
    expect(counted.warned).toEqual([expect.objectContaining({ accountId: 'sales', taken: 5000 })]);
  });

  it('is told as it failed where it cannot be given back', async () => {
    const { counted, spend } = openAccount(down);
    const refused = new ServiceError('RateLimited', 'slow down');
    await expect(askPaid(prompt, spend, () => Promise.reject(refused))).rejects.toBe(refused);
    expect(counted.warned).toHaveLength(1);
  });

  it('counts what it took', async () => {
    const { counted, spend } = openAccount();
    await askPaid(prompt, spend, async () => ({ text: '{}', tokens: 5000 }));
    expect(counted.tokens).toBe(5000);
  });
});

describe('a call that failed', () => {
  const failing = async (error: Error) => {
    const { counted, spend } = openAccount();
    await expect(askPaid(prompt, spend, () => Promise.reject(error))).rejects.toBe(error);
    return counted.tokens;
  };

  it.each(['RateLimited', 'AuthenticationFailed', 'PermissionDenied', 'InvalidInput', 'Rejected'] as const)(
    'is free when it was refused: %s',
    async (type) => expect(await failing(new ServiceError(type, 'no'))).toBe(0),
  );

  it.each(['Unavailable', 'OutputInvalid', 'Internal'] as const)(
    'counts when it may be billed: %s',
    async (type) => {
      const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      expect(await failing(new ServiceError(type, 'gone', { cause }))).toBeGreaterThan(0);
    },
  );

  it('counts when the answer came too late', async () => {
    const fake = await startFakeOllama();
    fake.script({ silence: true });
    const { counted, spend } = openAccount();
    const engine = createOllamaEngine({ host: fake.url, model: 'm', timeoutMs: 100, taxonomy });
    const analysed = engine.analyse(messageView({ text: 'Hello' }), new AbortController().signal, spend);
    await expect(analysed).rejects.toMatchObject({ type: 'Unavailable' });
    await fake.close();
    expect(counted.tokens).toBeGreaterThan(0);
  });

  const place = { apiKey: 'k', model: 'm', timeoutMs: 2000, taxonomy };
  it.each<[string, (url: string) => Engine]>([
    ['Anthropic', (url) => createAnthropicEngine({ ...place, baseURL: url })],
    ['Mistral', (url) => createMistralEngine({ ...place, serverURL: url })],
    ['Ollama', (url) => createOllamaEngine({ ...place, host: url })],
  ])('is free when nobody listens for %s', { timeout: 20_000 }, async (_, create) => {
    const gone = await startFakeOllama();
    await gone.close();
    const { counted, spend } = openAccount();
    const engine = create(gone.url);
    const analysed = engine.analyse(messageView({ text: 'Hello' }), new AbortController().signal, spend);
    await expect(analysed).rejects.toMatchObject({ type: 'Unavailable' });
    expect(counted.tokens).toBe(0);
  });

  it('is free when a breaker kept it from being made', async () => {
    const { guard } = createBreakers({ failures: 1, withinMs: 60_000, resetMs: 60_000 });
    const ask = () => guard('Ollama', down);
    const { counted, spend } = openAccount();
    await expect(ask()).rejects.toThrow('Postgres');
    await expect(askPaid(prompt, spend, ask)).rejects.toThrow(/left alone/);
    expect(counted.tokens).toBe(0);
  });
});

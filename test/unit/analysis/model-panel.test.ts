import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/analysis/engine.ts';
import { createModelPanel } from '../../../src/analysis/routing/create-model-panel.ts';
import type { FailureType } from '../../../src/domain/failure.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { LOCAL, reading } from '../../activities/support/readings.ts';
import { messageView } from '../../support/message-view.ts';

const never = new AbortController().signal;
const mail = messageView({ text: 'Hello' });

function engine(name: string, answer: Error | 'reads', asked: string[]): Engine {
  return {
    provenance: { ...LOCAL.provenance, engine: name },
    async analyse() {
      asked.push(name);
      if (answer === 'reads') return reading('order', name);
      throw answer;
    },
  };
}

function ask(answers: Record<string, Error | 'reads'>) {
  const asked: string[] = [];
  const panel = createModelPanel(
    Object.entries(answers).map(([name, answer]) => engine(name, answer, asked)),
  );
  const result = panel?.analyse(mail, never);
  return { asked, result };
}

const fails = (type: FailureType, details = {}) => new ServiceError(type, `fails with ${type}`, { details });

describe('a panel of models', () => {
  it('asks the first only, while it answers', async () => {
    const { asked, result } = ask({ anthropic: 'reads', mistral: 'reads' });
    expect((await result)?.provenance.engine).toBe('anthropic');
    expect(asked).toEqual(['anthropic']);
  });

  const outages: FailureType[] = ['Unavailable', 'RateLimited', 'AuthenticationFailed', 'OutputInvalid'];
  it.each(outages)('goes on to the next after %s, and says who answered', async (type) => {
    const { asked, result } = ask({ anthropic: fails(type), mistral: 'reads' });
    expect(await result).toMatchObject({
      provenance: { engine: 'mistral' },
      reading: { summary: { line: 'by mistral' } },
    });
    expect(asked).toEqual(['anthropic', 'mistral']);
  });

  it('that cannot answer fails as its first engine did, and says how each fared', async () => {
    const slow = new ServiceError('RateLimited', 'slow down', { retryAfterMs: 2000 });
    await expect(ask({ anthropic: slow, ollama: fails('Unavailable') }).result).rejects.toMatchObject({
      type: 'RateLimited',
      retryAfterMs: 2000,
      details: { engines: 'anthropic RateLimited, ollama Unavailable' },
    });
  });

  it.each([
    ['a bug', fails('Internal')],
    ['what is no failure of a service', new TypeError('x')],
    ['a spent budget', fails('Rejected', { budget: 'calls' })],
  ])('asks nobody else after %s', async (_name, error) => {
    const { asked, result } = ask({ anthropic: error, mistral: 'reads' });
    await expect(result).rejects.toBe(error);
    expect(asked).toEqual(['anthropic']);
  });

  it('does not exist without engines', () => {
    expect(createModelPanel([])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const all = { ANTHROPIC_API_KEY: 'a', MISTRAL_API_KEY: 'm', OLLAMA_HOST: 'http://localhost:11434' };
const enginesOf = (env: Record<string, string>) => loadConfig(env).model.engines.map(({ engine }) => engine);

describe('the engines of a configuration', () => {
  it('are none without a key or a host', () => {
    expect(enginesOf({ MISTRAL_MODEL: 'm', OLLAMA_MODEL: 'm' })).toEqual([]);
  });

  it('are all that have what they need', () => {
    expect(enginesOf(all)).toEqual(['anthropic', 'mistral', 'ollama']);
    expect(enginesOf({ MISTRAL_API_KEY: 'm' })).toEqual(['mistral']);
  });

  it('come in the order that is asked for, each once', () => {
    expect(enginesOf({ ...all, MAILROOM_ENGINES: 'Ollama, anthropic,ollama' })).toEqual([
      'ollama',
      'anthropic',
    ]);
  });

  it('carry their settings', () => {
    const env = { ...all, MISTRAL_BASE_URL: 'https://proxy.example', OLLAMA_MODEL: 'qwen3' };
    expect(loadConfig(env).model.engines).toEqual([
      { engine: 'anthropic', apiKey: 'a', baseUrl: undefined, model: 'claude-sonnet-5-5' },
      { engine: 'mistral', apiKey: 'm', baseUrl: 'https://proxy.example', model: 'mistral-small-latest' },
      { engine: 'ollama', host: 'http://localhost:11434', model: 'qwen3' },
    ]);
  });

  it('that are unknown or lack their key are faults', () => {
    const load = () => loadConfig({ MAILROOM_ENGINES: 'gpt,mistral', OLLAMA_HOST: 'localhost' });
    expect(load).toThrow('MAILROOM_ENGINES names "gpt". Write any of: anthropic, mistral, ollama.');
    expect(load).toThrow('which needs MISTRAL_API_KEY');
    expect(load).toThrow('OLLAMA_HOST is not a usable URL');
  });
});

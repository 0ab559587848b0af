import { describe, expect, it } from 'vitest';
import type { AnswerLevel, AnswerLevelName } from '../../../src/analysis/cache/answer-level.ts';
import { createAnswerCache } from '../../../src/analysis/cache/create-answer-cache.ts';
import { createMemoryLevel } from '../../../src/analysis/cache/create-memory-level.ts';
import { createRedisVault } from '../../../src/analysis/cache/create-redis-vault.ts';
import { createSealedLevel } from '../../../src/analysis/cache/create-sealed-level.ts';
import { toAnswerKey } from '../../../src/analysis/cache/to-answer-key.ts';
import { createPrompt } from '../../../src/analysis/llm/prompt.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { budgetSpent } from '../../../src/domain/model-budget.ts';
import { createSealer } from '../../../src/security/seal.ts';
import { LOCAL } from '../../activities/support/readings.ts';
import { messageView } from '../../support/message-view.ts';

const never = new AbortController().signal;

function level(name: AnswerLevelName, kept = new Map<string, string>()) {
  const made: AnswerLevel = {
    name,
    find: async (key) => kept.get(key),
    save: async (key, answer) => void kept.set(key, answer),
  };
  return { ...made, kept };
}

function open(levels: readonly AnswerLevel[]) {
  const notes: string[] = [];
  const cache = createAnswerCache(levels, (name, lookup) => void notes.push(`${name} ${lookup}`));
  return { cache, notes };
}

describe('kept answers', () => {
  it('are made once, then found in the nearest level', async () => {
    const { cache, notes } = open([createMemoryLevel(), level('postgres')]);
    const make = () => Promise.resolve('made');
    expect(await cache.fetch('k', never, make)).toBe('made');
    expect(await cache.fetch('k', never, () => Promise.reject(new Error('asked again')))).toBe('made');
    expect(notes).toEqual(['memory miss', 'postgres miss', 'memory hit']);
  });

  it('of a far level are handed to the nearer ones', async () => {
    const near = level('memory');
    const far = level('postgres', new Map([['k', 'kept']]));
    const { cache } = open([near, far]);
    expect(await cache.fetch('k', never, () => Promise.reject(new Error('asked')))).toBe('kept');
    expect(near.kept.get('k')).toBe('kept');
  });

  it('that cannot be made are not kept', async () => {
    const near = level('memory');
    const { cache } = open([near]);
    await expect(cache.fetch('k', never, () => Promise.reject(new Error('out')))).rejects.toThrow('out');
    expect(near.kept.size).toBe(0);
    expect(await cache.fetch('k', never, async () => 'later')).toBe('later');
  });

  it('are made without a level that is out, which is noted', async () => {
    const out: AnswerLevel = {
      name: 'redis',
      find: () => Promise.reject(new Error('away')),
      save: () => Promise.reject(new Error('away')),
    };
    const { cache, notes } = open([out, level('postgres')]);
    expect(await cache.fetch('k', never, async () => 'made')).toBe('made');
    expect(notes).toEqual(['redis failure', 'postgres miss', 'redis failure']);
  });
});

describe('one question asked by many at a time', () => {
  it('is asked once', async () => {
    const { cache } = open([createMemoryLevel()]);
    let calls = 0;
    const make = async () => {
      calls += 1;
      await Promise.resolve();
      return 'made';
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => cache.fetch('k', new AbortController().signal, make)),
    );
    expect(new Set(answers)).toEqual(new Set(['made']));
    expect(calls).toBe(1);
  });

  it('is asked by the next when the first gives up', async () => {
    const { cache } = open([]);
    const first = new AbortController();
    const gone = new Error('gone');
    const waitsForEver = () =>
      new Promise<string>((_, reject) => first.signal.addEventListener('abort', () => reject(gone)));
    const one = cache.fetch('k', first.signal, waitsForEver);
    const two = cache.fetch('k', never, async () => 'made');
    first.abort(gone);
    await expect(one).rejects.toBe(gone);
    expect(await two).toBe('made');
  });

  it('is asked by the next when the budget of the first is spent', async () => {
    const { cache } = open([]);
    let refuse = (): void => undefined;
    const spent = budgetSpent(100);
    const one = cache.fetch('k', never, () => new Promise((_, reject) => (refuse = () => reject(spent))));
    const two = cache.fetch('k', never, async () => 'made');
    const three = cache.fetch('k', never, () => Promise.reject(new Error('asked a second time')));
    refuse();
    await expect(one).rejects.toBe(spent);
    expect([await two, await three]).toEqual(['made', 'made']);
  });

  it('does not hold whoever gives up', async () => {
    const { cache } = open([]);
    const patience = new AbortController();
    let finish = (_answer: string): void => undefined;
    const one = cache.fetch('k', never, () => new Promise((resolve) => (finish = resolve)));
    const two = cache.fetch('k', patience.signal, async () => 'never asked');
    patience.abort(new Error('impatient'));
    await expect(two).rejects.toThrow('impatient');
    finish('made');
    expect(await one).toBe('made');
  });
});

describe('the key of an answer', () => {
  const taxonomy = loadTaxonomy();
  const keyOf = (text: string, changes = {}) =>
    toAnswerKey(createPrompt(messageView({ text, visibleText: text }), taxonomy), {
      ...LOCAL.provenance,
      ruleVersion: '1',
      pipelineVersion: '1',
      ...changes,
    });

  it('does not change with blanks, line ends and Unicode forms', () => {
    expect(keyOf('Caf\u00e9 please\r\n now')).toBe(keyOf('Cafe\u0301  please\nnow'));
    expect(keyOf('Two cups')).not.toBe(keyOf('Three cups'));
    expect(keyOf('a')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    'engine',
    'engineVersion',
    'model',
    'promptVersion',
    'taxonomyVersion',
    'ruleVersion',
    'pipelineVersion',
  ])('changes with %s', (name) => {
    expect(keyOf('a', { [name]: 'other' })).not.toBe(keyOf('a'));
  });
});

describe('an answer outside the process', () => {
  const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));

  it('lies sealed, and opens under its own key only', async () => {
    const kept = new Map<string, Uint8Array>();
    const vault = {
      find: async (key: string) => kept.get(key),
      save: async (key: string, sealed: Uint8Array) => void kept.set(key, sealed),
    };
    const sealed = createSealedLevel('postgres', vault, sealer);
    await sealed.save('k', 'Ada wants a refund');
    const stored = kept.get('k') ?? new Uint8Array();
    expect(Buffer.from(stored).toString('latin1')).not.toContain('Ada');
    expect(await sealed.find('k')).toBe('Ada wants a refund');
    expect(await sealed.find('other')).toBeUndefined();
    kept.set('moved', stored);
    await expect(sealed.find('moved')).rejects.toMatchObject({ type: 'Internal' });
  });

  it('is done without when Redis does not listen', async () => {
    const redis = createRedisVault({ url: 'redis://127.0.0.1:1' });
    const { cache, notes } = open([createSealedLevel('redis', redis, sealer)]);
    expect(await cache.fetch('k', never, async () => 'made')).toBe('made');
    expect(notes).toEqual(['redis failure', 'redis failure']);
    redis.close();
  });
});

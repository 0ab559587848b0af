import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFreshReader } from '../../src/create-fresh-reader.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // The cache takes a start at 0 for none.
  vi.advanceTimersByTime(1);
});
afterEach(() => {
  vi.useRealTimers();
});

function count() {
  const asked: string[] = [];
  const reader = createFreshReader(async (key) => `${key}${asked.push(key)}`);
  return { asked, reader };
}

describe('what is stored', () => {
  it('is asked for once by all who ask at the same time', async () => {
    const { asked, reader } = count();
    expect(await Promise.all([reader.get('a'), reader.get('a'), reader.get('b')])).toEqual([
      'a1',
      'a1',
      'b2',
    ]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('is asked for again after a second', async () => {
    const { reader } = count();
    expect(await reader.get('a')).toBe('a1');
    await vi.advanceTimersByTimeAsync(900);
    expect(await reader.get('a')).toBe('a1');
    await vi.advanceTimersByTimeAsync(200);
    expect(await reader.get('a')).toBe('a2');
  });

  it('is not kept any longer', async () => {
    const { reader } = count();
    await reader.get('a');
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(1100);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is asked for again when it was changed', async () => {
    const { reader } = count();
    expect(await reader.get('a')).toBe('a1');
    reader.forget('a');
    expect(await reader.get('a')).toBe('a2');
  });
});

describe('a failure', () => {
  it('is told to all who asked, and not remembered', async () => {
    const load = vi.fn(async () => 'there').mockRejectedValueOnce(new Error('gone'));
    const reader = createFreshReader(load);
    const first = Promise.allSettled([reader.get('a'), reader.get('a')]);
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await reader.get('a')).toBe('there');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('of an earlier question does not forget the answer of a later one', async () => {
    const fails: (() => void)[] = [];
    const load = vi
      .fn(async () => 'there')
      .mockImplementationOnce(() => new Promise((_, reject) => fails.push(() => reject(new Error('gone')))));
    const reader = createFreshReader(load);
    const first = expect(reader.get('a')).rejects.toThrow('gone');
    reader.forget('a');
    expect(await reader.get('a')).toBe('there');
    fails[0]?.();
    await first;
    await reader.get('a');
    expect(load).toHaveBeenCalledTimes(2);
  });
});

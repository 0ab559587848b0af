import { describe, expect, it } from 'vitest';
import { gather } from '../../db/gather.ts';

function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('gathered calls', () => {
  it('run alone when nothing is under way, together when something is, in parts of the size allowed', async () => {
    const gate = createGate();
    const seen: (readonly number[])[] = [];
    const double = gather(async (items: readonly number[]) => {
      seen.push(items);
      if (seen.length === 1) await gate.opened;
      return items.map((item) => item * 2);
    }, 3);
    const answers = [1, 2, 3, 4, 5].map(double);
    gate.open();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
    expect(seen).toEqual([[1], [2, 3, 4], [5]]);
    expect(await double(6)).toBe(12);
  });

  it('that fail together are made again one by one, so that only the bad one fails', async () => {
    const gate = createGate();
    const seen: (readonly string[])[] = [];
    const check = gather(async (items: readonly string[]) => {
      seen.push(items);
      if (items.includes('first')) await gate.opened;
      if (items.includes('bad')) throw new Error('refused');
      return items.map((item) => `${item} stored`);
    });
    const answers = ['first', 'good', 'bad', 'fine'].map(check);
    gate.open();
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(settled[3]).toMatchObject({ value: 'fine stored' });
    expect(seen.slice(1)).toEqual([['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']]);
    await expect(check('bad')).rejects.toThrow('refused');
    expect(await check('late')).toBe('late stored');
  });

  it('are not held up for ever by an answer that throws at once', async () => {
    const fail = gather((_items: readonly number[]): Promise<number[]> => {
      throw new Error('at once');
    });
    await expect(Promise.allSettled([fail(1), fail(2)])).resolves.toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
  });
});

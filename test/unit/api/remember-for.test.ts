import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rememberFor } from '../../../api/remember-for.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('those who come together share one answer, those who come later get a new one', async () => {
  const load = vi.fn(async () => load.mock.calls.length);
  const read = rememberFor(1_000, load);
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  vi.advanceTimersByTime(999);
  expect(await read()).toBe(1);
  vi.advanceTimersByTime(2);
  expect(await read()).toBe(2);
});

test('a failure is not kept', async () => {
  const load = vi.fn(() => Promise.resolve('there')).mockRejectedValueOnce(new Error('gone'));
  const read = rememberFor(1_000, load);
  await expect(read()).rejects.toThrow('gone');
  await expect(read()).resolves.toBe('there');
});

import { describe, expect, it } from 'vitest';
import { boundWait, findAskedWait, toAskedWait } from '../../../src/domain/asked-wait.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

const DAY = 86_400_000;

describe('a wait that a provider asks for', () => {
  it.each([
    [undefined, undefined],
    [Number.NaN, undefined],
    [-5, 1],
    [0, 1],
    [1500.2, 1501],
    [3_600_000, 3_600_000],
    [9 * DAY, DAY],
    [Number.POSITIVE_INFINITY, DAY],
    [Number.NEGATIVE_INFINITY, 1],
  ])('of %s ms is one of %s ms', (asked, bounded) => {
    expect(boundWait(asked)).toBe(bounded);
  });

  it('is told in its own words, in one line that ends', () => {
    const { reason } = toAskedWait(1000, `slow\r\ndown\u2028 ${'!'.repeat(1000)}`) ?? { reason: '' };
    expect(reason).toMatch(/^slow {2}down {2}!+$/);
    expect(reason).toHaveLength(300);
  });

  it('of more than a day is one of a day, and says that it is asked again earlier than it was told', () => {
    const asked = findAskedWait(new ServiceError('RateLimited', 'words', { retryAfterMs: 26_280 * DAY }));
    expect(asked).toEqual({
      forMs: DAY,
      reason: 'words (it asked for longer than a day, and is asked again after one)',
    });
    expect(toAskedWait(DAY, 'words')?.reason).toBe('words');
  });

  it('comes with 429, or with an answer that says when to come back', () => {
    const later = { retryAfterMs: 60_000 };
    const asked = { forMs: 60_000, reason: 'words' };
    expect(findAskedWait(new ServiceError('RateLimited', 'words', later))).toEqual(asked);
    expect(
      findAskedWait(new ServiceError('Unavailable', 'words', { ...later, details: { status: 503 } })),
    ).toEqual(asked);
    expect(findAskedWait(new ServiceError('RateLimited', 'words'))).toBeUndefined();
  });

  it('is not how long we leave alone what cannot be reached', () => {
    for (const type of ['Unavailable', 'AuthenticationFailed'] as const)
      expect(findAskedWait(new ServiceError(type, 'no route', { retryAfterMs: 60_000 }))).toBeUndefined();
  });
});

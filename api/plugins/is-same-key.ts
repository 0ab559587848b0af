import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares digests, so that neither content nor length of the key shows in the time it takes. */
export function isSameKey(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

import { expect, test } from 'vitest';
import { maskSecret } from '../../../src/domain/mask-secret.ts';

test('a secret is blanked out, and words that hold a short one are not shown at all', () => {
  expect(maskSecret('NO hunter2 is wrong', 'hunter2')).toBe('NO *** is wrong');
  expect(maskSecret('the cat sat', 'at')).not.toContain('cat');
  expect(maskSecret('the cat sat', 'x')).toBe('the cat sat');
  expect(maskSecret('the cat sat', '')).toBe('the cat sat');
});

import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/analysis/learned/create-random.ts';

test('a seed gives the numbers that models and generated mail were made with', () => {
  const random = createRandom(7);
  expect([random(), random(), random()]).toEqual([
    0.011704753153026104, 0.06195825757458806, 0.97690763277933,
  ]);
});

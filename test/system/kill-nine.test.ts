import { expect, test } from 'vitest';
import { runKillDrill } from '../drill/kill.ts';
import { getInstalled } from '../support/get-installed.ts';

test('500 messages survive 30 kills: none lost, none doubled, none sent twice', {
  timeout: 900_000,
}, async () => {
  const results = await runKillDrill({
    n: 500,
    seed: 20_261_121,
    kills: 10,
    installed: await getInstalled(),
    say: (line) => console.error(line),
  });
  expect(results).toMatchObject({
    messages: 500,
    lost: 0,
    duplicateRows: 0,
    doubleSends: 0,
    sentButMissing: 0,
    quarantined: 0,
  });
  expect(results.sent + results.unknown).toBe(results.drafts);
  // Each kill of a worker may cut what it is sending, no more.
  expect(results.unknown).toBeLessThanOrEqual(40);
  expect(results.drafts).toBeGreaterThan(300);
});

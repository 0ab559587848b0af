import { expect, test } from 'vitest';
import { runKillDrill } from '../drill/kill.ts';
import { getInstalled } from '../support/get-installed.ts';

test('500 messages survive 30 kills: none lost, none doubled, none sent twice', {
  timeout: 600_000,
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
  });
  expect(results.sent + results.unknown).toBe(results.drafts);
  expect(results.drafts).toBeGreaterThan(300);
});

import { expect, test } from 'vitest';
import type { BatchRow } from '../../../db/batch-store.ts';
import { followBatch } from '../../../src/cli/import-mail.ts';

const ROW: BatchRow = {
  id: 'b1',
  accountId: 'files',
  kind: 'import',
  state: 'completed',
  reason: undefined,
  label: 'mail',
  maxConcurrentOperations: 5,
  priority: undefined,
  exhausted: true,
  expected: undefined,
  createdAt: new Date(),
  finishedAt: new Date(),
  totals: {
    messages: 3,
    accepted: 3,
    duplicates: 0,
    processed: 1,
    awaitingApproval: 0,
    quarantined: 0,
    skipped: 0,
    cancelled: 0,
    running: 2,
  },
};

test('a message that no run brings on is not waited for without end', async () => {
  let asked = 0;
  const get = async () => {
    asked += 1;
    // A change starts the wait anew.
    const running = asked < 3 ? 4 - asked : 2;
    return { ...ROW, totals: { ...ROW.totals, running } };
  };
  const said: string[] = [];
  const batch = await followBatch({ stores: { batches: { get } } }, 'b1', () => undefined, {
    stillMs: 200,
    say: (line) => void said.push(line),
  });
  expect(batch.totals.running).toBe(2);
  expect(asked).toBeGreaterThan(2);
  expect(said.join('')).toMatch(/2 messages of batch b1 .*retry ID/s);
});

test('a batch that is running is followed however long nothing changes', async () => {
  const get = async () => ({ ...ROW, state: 'running' as const });
  const signal = AbortSignal.timeout(700);
  const followed = followBatch({ stores: { batches: { get } } }, 'b1', () => undefined, {
    signal,
    stillMs: 100,
  });
  await expect(followed).rejects.toMatchObject({ name: 'AbortError' });
});

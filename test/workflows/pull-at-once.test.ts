import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { pullScheduleId } from '../../src/contract/workflow-ids.ts';
import type { Account } from '../../src/domain/account.ts';
import { applyNamespace } from '../../src/temporal/apply-temporal.ts';
import { createSchedules } from '../../src/temporal/create-schedules.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { PATIENCE } from '../support/run-workflows.ts';

const RARE: Omit<Account, 'id' | 'state'> = {
  kind: 'files',
  name: 'Rare',
  address: 'rare@harborline.example',
  mode: 'auto',
  stateReason: undefined,
  pullEverySeconds: 86_400,
  imap: undefined,
};

let connection: NativeConnection;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: inject('temporalAddress') });
});
afterAll(() => connection.close());

test('a new account is pulled at once, and one that is resumed, however seldom its schedule does', async () => {
  const config = loadTemporalConfig();
  const client = new Client({ connection, namespace: `pulled-${randomUUID()}` });
  await applyNamespace(connection, client.options.namespace, config);
  const schedules = createSchedules(client, config);
  const countStarts = async (id: string) => {
    const { info } = await client.schedule.getHandle(pullScheduleId(id)).describe();
    return info.numActionsTaken;
  };
  await schedules.ensure({ ...RARE, id: 'new', state: 'active' });
  await schedules.ensure({ ...RARE, id: 'rested', state: 'paused' });
  await vi.waitFor(async () => expect(await countStarts('new')).toBe(1), PATIENCE);
  expect(await countStarts('rested')).toBe(0);
  await schedules.resume('rested');
  await vi.waitFor(async () => expect(await countStarts('rested')).toBe(1), PATIENCE);
  expect(await schedules.find('rested')).toMatchObject({ paused: false });
});

import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { createSchedules } from '../../src/temporal/create-schedules.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { startTcpProxy } from '../api/support/start-tcp-proxy.ts';

const ACCOUNT: Account = {
  id: 'away',
  kind: 'files',
  name: 'Away',
  address: 'away@harborline.example',
  mode: 'auto',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
};

test.each(['cut', 'freeze'] as const)(
  'schedules tell the fault and the fix when Temporal is away (%s)',
  async (fault) => {
    const proxy = await startTcpProxy(inject('temporalAddress'));
    const connection = await NativeConnection.connect({ address: proxy.address });
    const client = new Client({ connection, namespace: 'default' });
    const schedules = createSchedules(client, loadTemporalConfig(), 1_000);
    await proxy[fault]();
    const started = performance.now();
    const calls = [
      schedules.ensure(ACCOUNT),
      schedules.pause('away', 'a test'),
      schedules.resume('away'),
      schedules.remove('away'),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: {
          name: 'ServiceError',
          type: 'Unavailable',
          fix: expect.stringContaining('mailroom -- doctor'),
        },
      });
    }
    expect(performance.now() - started).toBeLessThan(10_000);
    if (fault === 'freeze') await proxy.cut();
    await connection.close();
  },
);

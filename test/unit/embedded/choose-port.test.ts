import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choosePort } from '../../../src/embedded/choose-port.ts';

const NAMES = { variable: 'TEMPORAL_PORT', purpose: 'the Temporal server' };
let holder: Server;
let taken: number;

beforeAll(async () => {
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  taken = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  holder.close();
});

it('takes the port that was asked for', async () => {
  const free = await choosePort({ asked: 0, ...NAMES });
  expect(await choosePort({ asked: free, ...NAMES })).toBe(free);
});

it('refuses a taken port that was asked for, naming the variable and the fix', async () => {
  await expect(choosePort({ asked: taken, ...NAMES })).rejects.toMatchObject({
    type: 'InvalidInput',
    message: `Port ${taken} for the Temporal server is taken by another program`,
    fix: expect.stringContaining('set TEMPORAL_PORT to a free port'),
  });
});

it('prefers the well-known port and steps aside when it is taken', async () => {
  const free = await choosePort({ asked: 0, ...NAMES });
  expect(await choosePort({ asked: undefined, preferred: free, ...NAMES })).toBe(free);
  const other = await choosePort({ asked: undefined, preferred: taken, ...NAMES });
  expect(other).not.toBe(taken);
  expect(other).toBeGreaterThan(1023);
});

it('ignores the well-known port when any free one was asked for', async () => {
  const free = await choosePort({ asked: 0, ...NAMES });
  expect(await choosePort({ asked: 0, preferred: free, ...NAMES })).not.toBe(free);
});

it('refuses a number that is no port', async () => {
  await expect(choosePort({ asked: 70_000, ...NAMES })).rejects.toMatchObject({ type: 'InvalidInput' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { type SpawnedGraph, spawnFakeGraph } from '../support/graph/spawn-fake-graph.ts';
import { startProgram } from '../support/start-program.ts';

const USER = 'sales@example.org';
let graph: SpawnedGraph;

beforeAll(async () => {
  graph = await spawnFakeGraph([USER]);
});
afterAll(() => graph.stop());

function readInbox(env: Readonly<Record<string, string>>) {
  const args = ['--import', 'tsx/esm', 'test/support/graph/read-inbox.ts', graph.baseUrl, USER];
  return startProgram(args, { cwd: PACKAGE_ROOT, env: { PATH: process.env.PATH ?? '', ...env } });
}

test('a process that trusts its authority reads mail by Node alone', async () => {
  const raw = Buffer.from('Subject: over TLS\r\n\r\nHello\r\n');
  for (let n = 0; n < 3; n++) await graph.controls.deliver(USER, 'inbox', raw.toString('base64'));
  const program = readInbox({ NODE_EXTRA_CA_CERTS: graph.caPath });
  expect(await program.ended(), program.output()).toBe(0);
  expect(program.answer()).toBe(String(raw).repeat(3));
});

test('a process that does not is told how to trust it', async () => {
  const program = readInbox({});
  expect(await program.ended()).toBe(1);
  expect(program.answer()).toMatch(/^No secure connection to localhost:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
});

test('a control that fails says why', async () => {
  await expect(graph.controls.remove(USER, 'no such id')).rejects.toThrow('There is no message no such id');
});

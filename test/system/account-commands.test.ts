import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CommandRoom, type Message, startCommandRoom } from '../support/start-command-room.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 480_000 });
const PATIENCE = { timeout: 60_000, interval: 500 };

interface Listed {
  readonly id: string;
  readonly health: { readonly state: string; readonly unfinished: number };
}

let room: CommandRoom;
let folder: string;
beforeAll(async () => {
  room = await startCommandRoom(1);
  folder = await mkdtemp(join(tmpdir(), 'mailroom-watched-'));
}, 180_000);
afterAll(async () => {
  await room.stop();
  await rm(folder, { recursive: true });
});

async function put(name: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(
    path,
    `From: ada@example.com\r\nTo: drop@example.org\r\nSubject: ${name}\r\n\r\nHello ${name}\r\n`,
  );
  await utimes(path, new Date(), new Date());
}

const listMail = () => room.json<Message[]>('messages', '--json', '--account', 'drop');

test('a folder is watched, a message deleted for good, and the account removed with all that it had', async () => {
  await put('one.eml');
  const add = [
    'account',
    'add',
    'drop',
    '--kind',
    'files',
    '--path',
    folder,
    '--address',
    'drop@example.org',
  ];
  const added = await room.command(...add, '--every', '3600');
  expect(added.code, added.stderr).toBe(0);
  expect((await room.command('account', 'test', 'drop')).stdout).toContain('1 messages');
  await vi.waitFor(async () => {
    await room.command('pull', 'drop');
    expect(await listMail()).toMatchObject([{ subject: 'one.eml', state: 'awaiting-approval' }]);
  }, PATIENCE);
  const accounts = await room.json<Listed[]>('account', 'list', '--json');
  expect(accounts.find(({ id }) => id === 'drop')?.health).toMatchObject({ state: 'idle', unfinished: 1 });

  const [message] = await listMail();
  expect((await room.command('messages', 'delete', message?.id ?? '')).stdout).toContain('is deleted');
  await put('two.eml');
  await vi.waitFor(async () => {
    await room.command('pull', 'drop');
    // What was deleted stays away, though its file is still there.
    expect(await listMail()).toMatchObject([{ subject: 'two.eml' }]);
  }, PATIENCE);

  expect((await room.command('audit', 'drop', '--last')).stdout).toContain('drop was not audited yet');
  // The deleted one is accounted for, and nothing else is missing.
  const audited = await room.command('audit', 'drop', '--json');
  expect(audited.code, audited.stderr).toBe(0);
  expect(JSON.parse(audited.stdout)).toMatchObject([
    { listed: 2, deleted: 1, unfinished: 1, missing: 0, unaccounted: 0, state: 'completed' },
  ]);
  const unnamed = await room.command('account', 'set', 'drop');
  expect([unnamed.code, unnamed.stderr]).toEqual([1, expect.stringContaining('No setting was named')]);
  // What was found of a mailbox is told while its account rests, too.
  await room.command('account', 'pause', 'drop');
  expect((await room.command('audit', '--last')).stdout).toContain('drop');
  const switched = await room.command('account', 'switch', 'drop', '--kind', 'files', '--path', folder);
  expect(switched.stdout, switched.stderr).toContain('account resume drop');
  const nobody = await room.command('audit', 'nobody');
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('There is no account "nobody"')]);

  const unsure = await room.command('account', 'remove', 'drop', '--data', 'delete');
  expect([unsure.code, unsure.stderr]).toEqual([1, expect.stringContaining('--confirm drop')]);
  const removed = await room.command('account', 'remove', 'drop', '--data', 'delete', '--confirm', 'drop');
  expect(removed.code, removed.stderr).toBe(0);
  await vi.waitFor(async () => {
    const left = await room.json<Listed[]>('account', 'list', '--json');
    expect(left.map(({ id }) => id)).not.toContain('drop');
  }, PATIENCE);
  expect(await listMail()).toEqual([]);
});

import { randomBytes } from 'node:crypto';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { createQuarantineStore } from '../../db/quarantine-store.ts';
import { runCommand } from '../support/spawn-mailroom.ts';
import {
  type Batch,
  type CommandRoom,
  type Message,
  RAW,
  startCommandRoom,
} from '../support/start-command-room.ts';
import { writeMailFolder } from '../support/write-mail-folder.ts';
import { startFakeImap } from '../unit/mailbox/fake-imap.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const GENERATED = 6;
let room: CommandRoom;
let json: CommandRoom['json'];
let command: CommandRoom['command'];
let expectRefused: CommandRoom['expectRefused'];

beforeAll(async () => {
  room = await startCommandRoom(GENERATED);
  ({ json, command, expectRefused } = room);
}, 120_000);
afterAll(() => room.stop());

test('prints a table that a stranger cannot steer, within 100 columns, and why mail was put aside', async () => {
  const table = room.started.stdout();
  expect(table).not.toMatch(RAW);
  for (const line of table.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(110);
  expect(table).toContain('priority');
  expect(table).toContain(`${GENERATED + 2} messages in`);
  expect(table).toMatch(/junk \[31m\.eml\s+It is not an e-mail/);
  expect(room.started.stderr()).toContain('No replies are drafted: account "files" has no address');
  expect(room.started.stderr()).toMatch(/Switched off:\n\s+Odoo\s+set ODOO_URL/);
});

describe('messages and status', () => {
  test('takes --json before and after the command, and between two', async () => {
    const [before, between] = await Promise.all([
      json<object>('--json', 'status'),
      json<object[]>('account', '--json', 'list'),
    ]);
    expect(between).toMatchObject([{ id: 'files', kind: 'files' }]);
    expect(before).toMatchObject({ messages: { total: GENERATED + 1 }, quarantined: 1 });
  });

  test('lists what was refused at the door, unless a filter asks for what only messages have', async () => {
    const list = ['messages', '--state', 'quarantined'];
    const asked = [['status'], list, [...list, '--account', 'other'], [...list, '--priority', 'LOW']];
    const told = await Promise.all(asked.map(async (args) => (await command(...args)).stdout));
    const [status, refused, ...others] = told;
    expect(status).toContain('1 in quarantine; `npm run mailroom -- messages --state quarantined`');
    expect(refused).toMatch(/junk \[31m\.eml\s+It is not an e-mail/);
    expect(refused).not.toMatch(RAW);
    expect(others).toEqual(['No message.\n', 'No message.\n']);
  });

  test('lists by filter, and shows one without a stray control character', async () => {
    const [all, found, none] = await Promise.all([
      json<Message[]>('messages', '--json', '--account', 'files', '--limit', '3'),
      json<Message[]>('messages', '--json', '--search', 'invoice pay Friday', '--state', 'settled'),
      json<Message[]>('messages', '--json', '--category', 'no-such', '--priority', 'LOW'),
    ]);
    expect(all).toHaveLength(3);
    expect(found.map(({ subject }) => subject.includes('4711'))).toEqual([true]);
    expect(none).toEqual([]);
    const id = found[0]?.id ?? '';
    const [text, whole, table] = await Promise.all([
      command('messages', id),
      json<Message>('messages', id, '--json'),
      command('messages'),
    ]);
    expect(whole.id).toBe(id);
    for (const { code, stdout } of [text, table]) {
      expect(code).toBe(0);
      expect(stdout).not.toMatch(RAW);
      expect(stdout).toContain(id);
    }
    expect(text.stdout).toContain('Please pay invoice');
  });
});

test('says how a command is used when it is used wrongly', async () => {
  const { code, stdout, stderr } = await command('import', '--concurrency', '0', 'x');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^error: .*\n\nUsage: mailroom import/);
});

describe('import', () => {
  test('refuses a path that holds no mail, with what it takes', async () => {
    const text = join(room.folder, 'text');
    await mkdir(text);
    await writeFile(join(text, 'notes.txt'), 'no mail');
    await Promise.all([
      expectRefused(['import', join(room.folder, 'missing')], 'There is no such file', 'Give a folder'),
      expectRefused(['import', text], 'passed over', 'Give a folder'),
      expectRefused(['import', '--sql', 'nonsense', '--query', 'x'], 'URL cannot be read', 'postgres://'),
    ]);
  });

  test('puts what cannot be read into quarantine and goes on with the rest', async () => {
    const bad = join(room.folder, 'bad');
    await writeMailFolder(bad, 2, 6);
    await writeFile(join(bad, 'junk.eml'), randomBytes(20_000));
    await writeFile(join(bad, 'nothing.eml'), '');
    await symlink('/nowhere/to/be/found', join(bad, 'unreadable.eml'));
    const huge = await open(join(bad, 'huge.eml'), 'w');
    await huge.write('From: a@b.example\r\nSubject: large\r\n\r\n');
    await huge.truncate(100 * 1024 * 1024);
    await huge.close();
    const { code, stdout, stderr } = await command('import', bad, '--account', 'bad');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('6 messages');
    expect(stdout).toContain('4 quarantined');
    expect(stdout).toMatch(/huge\.eml\s+It has 104857600 bytes/);
    expect(stdout).toMatch(/unreadable\.eml\s+\S/);
    const again = await command('import', bad, '--account', 'bad');
    expect(again.stdout).toMatch(/2 duplicates[\s\S]*huge\.eml\s+It has 104857600 bytes/);
  });

  test('takes an mbox, JSON and NDJSON, and the whole part of a JSON file that was cut', async () => {
    const item = (n: number) => ({
      messageId: `<item-${n}@customers.example>`,
      from: `customer-${n}@customers.example`,
      to: 'support@harborline.example',
      subject: `Order ${n} is late`,
      text: 'Where is my order?',
    });
    const mbox = 'From x@y Sat Nov 21 10:00:00 2026\nFrom: a@b.example\nSubject: mbox\n\nHello\n';
    await Promise.all([
      writeFile(join(room.folder, 'mail.mbox'), mbox),
      writeFile(join(room.folder, 'mail.json'), JSON.stringify([item(1), item(2)])),
      writeFile(join(room.folder, 'mail.ndjson'), `${JSON.stringify(item(3))}\n{broken\n`),
      writeFile(join(room.folder, 'cut.json'), JSON.stringify([item(4), item(5)]).slice(0, -20)),
    ]);
    const totals = await Promise.all(
      ['mail.mbox', 'mail.json', 'mail.ndjson', 'cut.json'].map(async (name) => {
        const batch = await json<Batch>('--json', 'import', join(room.folder, name), '--account', 'kinds');
        return [batch.state, batch.totals.messages, batch.totals.quarantined];
      }),
    );
    expect(totals).toEqual([
      ['completed', 1, 0],
      ['completed', 2, 0],
      ['completed', 2, 1],
      ['completed', 2, 1],
    ]);
  });

  test('reads from a SQL query, and says why it could not', async () => {
    const query = `select 1 as id, 'From: a@b.example' || chr(10) || 'Subject: sql' || chr(10) || chr(10) || 'Hi' as raw`;
    const from = (sql: string, account: string) =>
      ['import', '--sql', room.database.url, '--query', sql, '--account', account] as const;
    const [batch, refused] = await Promise.all([
      json<Batch>(...from(query, 'sql'), '--json'),
      command(...from('select nothing from nowhere', 'sql2')),
    ]);
    expect(batch).toMatchObject({ state: 'completed', totals: { messages: 1, quarantined: 0 } });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/failed \(.*nowhere/);
    await expectRefused(['batch', 'pause', batch.id], 'completed already', 'Import again');
  });
});

test('runs messages again: one, all, none', async () => {
  const [message] = await json<Message[]>('messages', '--json', '--limit', '1', '--account', 'files');
  const id = message?.id ?? '';
  const client = createDatabaseClient(room.database.url, { connections: 1 });
  const entry = { messageId: id, stage: 'read', failureType: 'Internal', reason: 'by a test' } as const;
  const quarantine = async () => {
    // Only what has not ended goes there.
    await client.sql`update message set state = 'running', outcome = null where id = ${id}`;
    await createQuarantineStore(client.db).addMessage(entry);
  };
  const findState = async () =>
    (await client.sql<{ state: string }[]>`select state from message where id = ${id}`)[0]?.state;
  const settled = () => expect.poll(findState, { timeout: 30_000 }).toMatch(/settled|awaiting-approval/);
  try {
    await quarantine();
    expect(await json('retry', id, '--json')).toEqual({ retried: 1, failed: [] });
    await settled();
    await quarantine();
    expect(await json('--json', 'retry', '--all')).toMatchObject({ retried: 1, failed: [] });
    await settled();
  } finally {
    await client.close();
  }
  await expectRefused(['retry', 'no-such-id'], 'no message "no-such-id"', '');
});

test('adds, pauses, resumes and pulls an account, and replaces its password', async () => {
  const port = await startFakeImap((words, tag) => {
    if (!words.startsWith('LOGIN')) return [];
    return words.includes('right') ? [] : [`${tag} NO [AUTHENTICATIONFAILED] \x1b[31mno`];
  });
  const server = ['--host', '127.0.0.1', '--port', String(port), '--security', 'none'];
  const add = ['account', 'add', 'box', ...server, '--username', 'box@harborline.example'];
  const right = { ...room.env, MAILROOM_ACCOUNT_PASSWORD: 'right' };
  const wrong = { ...room.env, MAILROOM_ACCOUNT_PASSWORD: 'wrong' };

  const [none, refused] = await Promise.all([runCommand(add, room.env), runCommand(add, wrong)]);
  expect([none.code, refused.code]).toEqual([1, 1]);
  expect(none.stderr).toMatch(/The password is missing\n.*--password-file/);
  expect(refused.stderr).toMatch(/refused|password|login/i);
  expect(refused.stderr).not.toMatch(RAW);

  const added = await runCommand(add, right);
  expect(added.code, added.stderr).toBe(0);
  const [twice, pulled] = await Promise.all([runCommand(add, right), command('pull', 'box')]);
  expect([twice.code, pulled.code]).toEqual([1, 0]);
  expect(twice.stderr).toContain('There is an account "box" already');

  const withoutTest = await runCommand(['account', 'password', 'box', '--no-test', '--json'], wrong);
  expect(withoutTest.code, withoutTest.stderr).toBe(0);
  expect(await json('account', 'pause', 'box', '--json')).toEqual({ id: 'box', state: 'paused' });
  const [sick, refusedPull] = await Promise.all([command('doctor', '--json'), command('pull', 'box')]);
  expect(sick.code).toBe(1);
  const { findings } = JSON.parse(sick.stdout) as { findings: { check: string }[] };
  expect(sick.stdout).toMatch(/"sentence model"[^}]*models add minilm.*"learned models"[^}]*-- learn/s);
  expect(findings.find(({ check }) => check === 'account box')).toMatchObject({
    ok: false,
    fix: expect.stringContaining('account password box --password-file'),
  });
  expect(refusedPull.stderr).toContain('npm run mailroom -- account resume box');

  expect((await runCommand(['account', 'password', 'box'], right)).stdout).toContain('account resume box');
  expect(await json('account', 'resume', 'box', '--json')).toEqual({ id: 'box', state: 'active' });
});

test('shows drift that was made by hand, mends it, and finds nothing the second time', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const client = new Client({ connection, namespace: room.env.TEMPORAL_NAMESPACE ?? '' });
  await client.schedule.getHandle('pull/box').delete();
  await connection.close();
  const drift = await command('temporal', 'diff', '--json');
  expect(drift.code).toBe(1);
  expect(JSON.parse(drift.stdout)).toEqual({
    drift: [{ what: 'schedule pull/box', wanted: 'there', found: 'missing' }],
  });
  expect((await command('temporal', 'apply')).stdout).toContain('schedule pull/box');
  expect(await json('--json', 'temporal', 'apply')).toEqual({ changed: [] });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDatabaseClient, type DatabaseClient } from '../../db/client.ts';
import { ANSWER_FIELDS } from '../../src/analysis/llm/answer-fields.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';
import { startFakeOllama } from '../support/fake-ollama.ts';
import { runCommand } from '../support/spawn-mailroom.ts';
import { type CommandRoom, startCommandRoom } from '../support/start-command-room.ts';

vi.setConfig({ testTimeout: 300_000 });

interface Taught {
  readonly rows: number;
  readonly labels: number;
  readonly skipped?: string;
  readonly figures?: { readonly accuracy: number };
}

interface Replay {
  readonly replayed: number;
  readonly categoryChanged: number;
  readonly priorityChanged: number;
  readonly unanswered: number;
  readonly by: {
    readonly engineVersion: string;
    readonly taxonomyVersion: string;
    readonly model?: string;
    readonly promptVersion?: string;
  };
  readonly changes: readonly {
    readonly subject: string;
    readonly before: { category: string };
    readonly after: { category: string };
  }[];
}

const PIERS = ['north', 'south', 'east', 'west', 'old', 'new', 'long', 'short', 'stone', 'timber'];
const BOATS = ['trawler', 'ferry', 'yacht', 'tug'];
const cases = PIERS.flatMap((pier) => BOATS.map((boat) => ({ pier, boat })));
const berth = ({ pier, boat }: { pier: string; boat: string }) =>
  toMail(
    `Berth for a ${boat}`,
    `Our ${boat} needs a mooring at the ${pier} pier with shore power overnight.`,
  );
const crew = ({ pier, boat }: { pier: string; boat: string }) =>
  toMail(
    `Crew roster ${boat}`,
    `The watch keepers of the ${boat} change at the ${pier} gate, see the roster.`,
  );

const found = findDovecot();
let imap: Dovecot;
let room: CommandRoom;
let database: DatabaseClient;
const learn = (...args: string[]) => room.json<Taught>('learn', '--account', 'harbour', '--json', ...args);
const replay = (...args: string[]) => room.json<Replay>('replay', '--account', 'harbour', '--json', ...args);

beforeAll(async () => {
  if ('skipped' in found) return;
  [imap, room] = await Promise.all([startDovecot(), startCommandRoom(1)]);
  database = createDatabaseClient(room.database.url, { connections: 1 });
  imap.addUser('harbour', 'secret');
  await imap.append('harbour', 'Berths', ...cases.slice(4).map(berth), 'no mail at all');
  await imap.append('harbour', 'Crews', ...cases.slice(4).map(crew));
  await imap.append('harbour', 'INBOX', ...cases.slice(0, 3).flatMap((one) => [berth(one), crew(one)]));
  const server = ['--host', imap.host, '--port', String(imap.port), '--security', 'none'];
  const account = ['--username', 'harbour', '--address', 'harbour@port.example', '--mode', 'manual'];
  const env = { ...room.env, MAILROOM_ACCOUNT_PASSWORD: 'secret' };
  const added = await runCommand(['account', 'add', 'harbour', ...server, ...account], env);
  expect(added.code, added.stderr).toBe(0);
  await pull(6);
}, 180_000);

afterAll(async () => {
  if ('skipped' in found) return;
  await database.close();
  await Promise.all([room.stop(), imap.stop()]);
});

test('an account is taught from folders, a file and corrections; a replay shows what that changes', async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  const before = await dump();
  const [untaught, first] = await Promise.all([
    replay(),
    learn('--folder', 'Berths', '--label', 'product-question'),
  ]);
  expect(untaught).toMatchObject({ replayed: 6, categoryChanged: 0, priorityChanged: 0 });
  expect(first).toMatchObject({
    rows: 36,
    labels: 1,
    unreadable: 1,
    skipped: expect.stringContaining('two labels'),
  });
  const second = await learn('--folder', 'Crews', '--label', 'meeting');
  expect(second).toMatchObject({ rows: 72, labels: 2 });
  expect(second.figures?.accuracy).toBeGreaterThan(0.9);

  const taught = await replay();
  expect(taught.replayed).toBe(6);
  const wanted = (subject: string) => (subject.startsWith('Berth') ? 'product-question' : 'meeting');
  expect(taught.changes.length).toBeGreaterThan(0);
  for (const { subject, after } of taught.changes) expect(after.category).toBe(wanted(subject));
  expect(taught.by.engineVersion).toContain('learned.');
  expect(await dump()).toBe(before);

  await imap.append('harbour', 'INBOX', ...cases.slice(3, 4).flatMap((one) => [berth(one), crew(one)]));
  await pull(8);
  const decided = await database.sql<{ subject: string; category: string; version: string }[]>`
    select subject, m.category, a.provenance->>'engineVersion' as version
    from message m join analysis a on a.message_id = m.id
    where account_id = 'harbour' order by m.parked_at desc, m.received_at desc limit 2`;
  expect(decided).toHaveLength(2);
  for (const row of decided) {
    expect(row.category).toBe(wanted(row.subject));
    expect(row.version).toContain('learned.');
  }

  const path = join(room.folder, 'priorities.jsonl');
  const rows = cases.flatMap((one) => [
    { subject: `Berth for a ${one.boat}`, body: berth(one), urgency: 'HIGH' },
    { subject: `Crew roster ${one.boat}`, body: crew(one), urgency: 'LOW' },
  ]);
  await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  const priorities = await learn('--field', 'priority', '--file', path, '--column', 'urgency');
  expect(priorities).toMatchObject({ rows: 80, labels: 2 });
});

test('a correction made in use decides the next mail of its kind, and trains with the rest', async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  const [one] = await database.sql<{ id: string }[]>`
    select id from message where account_id = 'harbour' and subject = 'Berth for a trawler'`;
  const answer = await fetch(`${room.url}/api/messages/${one?.id}/category`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ category: 'partnership' }),
  });
  expect(answer.status, await answer.text()).toBe(202);
  const { changes } = await replay();
  const berths = changes.filter(({ subject }) => subject.startsWith('Berth'));
  expect(berths.map(({ after }) => after.category)).toContain('partnership');
  expect(await learn('--corrections')).toMatchObject({ labels: 3 });
});

test('another taxonomy and another model are tried on stored mail, and leave nothing behind', async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  const before = await dump();
  const category = (id: string, words: string) =>
    `  - {id: ${id}, name: ${id}, description: ${id}, priority: LOW, odoo: none, reply: off, signals: {en: "${words}"}}`;
  const path = join(room.folder, 'taxonomy.yaml');
  await writeFile(
    path,
    `categories:\n${category('berthing', 'mooring^3, pier^2')}\n${category('other', 'hello')}\nreplies: {en: Hi}\n`,
  );
  const other = await replay('--taxonomy', path);
  expect(other.changes.map(({ after }) => after.category)).toContain('berthing');

  const vendor = await startFakeOllama();
  vendor.script({
    answer: {
      category: 'legal',
      category_reason: 'it is a contract',
      alternatives: [],
      labels: [],
      needs_action: true,
      priority: 'URGENT',
      priority_reason: 'it says so',
      line: 'A contract.',
      points: [],
      suspicious: false,
      suspicion_reason: '',
    },
  });
  const env = {
    ...room.env,
    OLLAMA_HOST: vendor.url,
    OLLAMA_MODEL: 'harbour-1',
    MODEL_IMPORTANT_FROM: 'low',
  };
  const prompt = join(room.folder, 'prompt.txt');
  const fields = ANSWER_FIELDS.filter((field) => field !== 'category').join(', ');
  await writeFile(prompt, `Sort by quay. category: {categories}. Then ${fields}.`);
  const tried = ['--engine', 'ollama', '--prompt', prompt];
  const args = ['replay', '--account', 'harbour', ...tried, '--limit', '3', '--json'];
  const { code, stdout, stderr } = await runCommand(args, env);
  await vendor.close();
  expect(code, stderr).toBe(0);
  const asked = JSON.parse(stdout) as Replay;
  expect(asked).toMatchObject({ replayed: 3, unanswered: 0, by: { model: 'harbour-1' } });
  expect(asked.changes.map(({ after }) => after.category)).toEqual(['legal', 'legal', 'legal']);
  expect(vendor.requests.length).toBe(3);
  expect(JSON.stringify(vendor.requests[0])).toContain('Sort by quay. category: - order');
  expect(asked.by.promptVersion).toMatch(/^3\./);
  expect(await dump()).toBe(before);
});

/** Pulls, and waits until so many messages of the account have ended. */
async function pull(ended: number): Promise<void> {
  expect((await room.command('pull', 'harbour')).code).toBe(0);
  await vi.waitFor(
    async () => {
      const rows = await database.sql`
        select 1 from message where account_id = 'harbour' and state in ('settled', 'awaiting-approval')`;
      expect(rows.length).toBe(ended);
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** All that a decision could have changed. */
async function dump(): Promise<string> {
  const { sql } = database;
  const tables = [
    sql`select * from message order by id`,
    sql`select * from message_body order by message_id`,
    sql`select * from analysis order by message_id`,
    sql`select * from draft order by id`,
    sql`select * from model_answer order by 1`,
  ];
  return JSON.stringify(await Promise.all(tables));
}

function toMail(subject: string, text: string): string {
  return `From: Ada <ada@fleet.example>\r\nTo: harbour@port.example\r\nSubject: ${subject}\r\n\r\n${text}\r\n`;
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { expect, inject, vi } from 'vitest';
import { getInstalled } from './get-installed.ts';
import { type Ended, runCommand, type Spawned, spawnStart, untilNoneRun } from './spawn-mailroom.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { writeMailFolder } from './write-mail-folder.ts';

export interface CommandRoom {
  /** For files of a test; the home is below it. */
  readonly folder: string;
  readonly database: TestDatabase;
  readonly started: Spawned;
  /** Of its API. */
  readonly url: string;
  /** All that a command is told: it finds the servers through the home. */
  readonly env: Readonly<Record<string, string>>;
  command(...args: string[]): Promise<Ended>;
  /** The one JSON value of a command that is given `--json`, wherever it stands. */
  json<T>(...args: string[]): Promise<T>;
  expectRefused(args: string[], text: string, fix: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Message {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly priority: string;
}

export interface Batch {
  readonly id: string;
  readonly state: string;
  readonly totals: Record<string, number>;
}

const HOSTILE = '\x1b]0;pwned\x07\x1b[2J\u202egpj.exe \u009b31m';
/** What a terminal would obey, and what would turn the reading direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not appear
export const RAW = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** A started mail room for commands, with generated mail, one hostile message and one file that is no mail. */
export async function startCommandRoom(generated: number): Promise<CommandRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom cli ü '));
  const [database] = await Promise.all([createTestDatabase(), getInstalled()]);
  const mail = join(folder, 'mail');
  await writeMailFolder(mail, generated, 5);
  await writeFile(join(mail, 'hostile.eml'), toHostileMail());
  await writeFile(join(mail, 'junk\x1b[31m.eml'), Buffer.alloc(3000, 0x1b));
  const env = {
    MAILROOM_HOME: join(folder, 'home'),
    TEMPORAL_NAMESPACE: `cli-${randomBytes(4).toString('hex')}`,
  };
  const port = await getPort();
  const started = spawnStart(['--mail', mail], {
    ...env,
    PORT: String(port),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
  });
  const isUp = () => started.stderr().includes('Ctrl-C stops everything') || started.child.exitCode !== null;
  await vi.waitFor(() => expect(isUp()).toBe(true), { timeout: 100_000, interval: 100 });
  expect(started.child.exitCode, started.stderr()).toBeNull();
  return {
    folder,
    database,
    started,
    url: `http://127.0.0.1:${port}`,
    env,
    ...createCalls(env),
    async stop() {
      started.child.kill('SIGTERM');
      await started.ended;
      await untilNoneRun(folder);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createCalls(
  env: Readonly<Record<string, string>>,
): Pick<CommandRoom, 'command' | 'json' | 'expectRefused'> {
  const command = (...args: string[]) => runCommand(args, env);
  return {
    command,
    async json<T>(...args: string[]) {
      const { code, stdout, stderr } = await command(...args);
      expect(code, stderr).toBe(0);
      expect(stdout).not.toMatch(RAW);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      return JSON.parse(stdout) as T;
    },
    async expectRefused(args, text, fix) {
      const { code, stdout, stderr } = await command(...args);
      expect([code, stdout], stderr).toEqual([1, '']);
      expect(stderr).toContain(text);
      expect(stderr).toContain(fix);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  };
}

function toHostileMail(): string {
  const word = `=?utf-8?B?${Buffer.from(HOSTILE).toString('base64')}?=`;
  return [
    `From: ${word} <stranger@customers.example>`,
    'To: support@harborline.example',
    `Subject: ${word} invoice 4711`,
    'Message-ID: <hostile@customers.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Please pay invoice ${HOSTILE} 4711 before Friday.`,
    '',
  ].join('\r\n');
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
const MODULE = pathToFileURL(join(ROOT, 'src/load-env-file.ts')).href;
const SCRIPT = `
  const { loadEnvFile } = await import(${JSON.stringify(MODULE)});
  let fault;
  try { loadEnvFile(); } catch (error) { fault = error.message; }
  const { NEW, SET, EMPTY } = process.env;
  console.log(JSON.stringify({ NEW, SET, EMPTY, fault }));`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom env '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(): Promise<{ answer: unknown; stderr: string }> {
  const args = ['--import', TSX, '--input-type=module', '-e', SCRIPT];
  const env = { PATH: process.env.PATH, SET: 'kept', EMPTY: '' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  return { answer: JSON.parse(stdout), stderr };
}

test('reads .env of the working folder and overrides nothing, also not what is set to nothing', async () => {
  await writeFile(join(folder, '.env'), 'NEW=from file\nSET=changed\nEMPTY=filled\n');
  expect(await load()).toEqual({ answer: { NEW: 'from file', SET: 'kept', EMPTY: '' }, stderr: '' });
});

test('says nothing when there is none, and what to do when it cannot be read', async () => {
  expect(await load()).toEqual({ answer: { SET: 'kept', EMPTY: '' }, stderr: '' });
  await mkdir(join(folder, '.env'));
  expect((await load()).answer).toMatchObject({ fault: 'The file .env in this folder cannot be read' });
});

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess } from '../embedded/identify-process.ts';
import type { Addresses } from '../open-context.ts';

export interface RunningFacts extends Addresses {
  readonly pid: number;
  readonly temporalUiUrl: string | undefined;
  readonly apiUrl: string | undefined;
}

const NAME = 'running.json';

/** Tells other commands where the servers of a running `npm start` are. Readable by its user only. */
export async function writeRunningFile(home: string, facts: RunningFacts): Promise<void> {
  const path = join(home, NAME);
  const content = JSON.stringify({ ...facts, identity: identifyProcess(facts.pid) });
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function removeRunningFile(home: string): Promise<void> {
  await rm(join(home, NAME), { force: true });
}

/** undefined when no `npm start` runs in this home; a killed one leaves its file, and its pid may come again. */
export async function findRunning(home: string): Promise<RunningFacts | undefined> {
  const text = await readFile(join(home, NAME), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const facts = JSON.parse(text) as RunningFacts & { readonly identity?: string };
  return identifyProcess(facts.pid) === facts.identity ? facts : undefined;
}

import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

const CANDIDATES: readonly (readonly [string, ...string[]])[] = [
  ['docker', 'compose'],
  ['docker-compose'],
  [join(homedir(), '.cache', 'mailroom', 'bin', 'docker-compose')],
];

export type FoundCompose =
  | { readonly command: readonly [string, ...string[]] }
  | { readonly missing: string };

/** Docker Compose 2 or later: the plugin, the program, or what test/support/install-compose.sh built. */
export function findCompose(): FoundCompose {
  for (const command of CANDIDATES) {
    const [program, ...args] = command;
    const { stdout, status } = spawnSync(program, [...args, 'version', '--short'], { encoding: 'utf8' });
    if (status === 0 && Number.parseInt(stdout.replace(/^v/, ''), 10) >= 2) return { command };
  }
  return { missing: 'no Docker Compose 2 here; test/support/install-compose.sh builds one with Go' };
}

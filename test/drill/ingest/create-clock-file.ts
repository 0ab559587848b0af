import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ClockFile {
  /** For a process whose clock can be moved. */
  readonly env: Readonly<Record<string, string>>;
  /** Moves the clock of those processes by so much against that of this machine, within a fifth of a second. */
  jump(offsetMs: number): Promise<void>;
}

/** Clocks of servers jump: virtual machines that were paused, time servers that were wrong. */
export async function createClockFile(folder: string): Promise<ClockFile> {
  const path = join(folder, 'clock-offset');
  await writeFile(path, '0');
  const hook = pathToFileURL(join(import.meta.dirname, 'jumping-clock.mjs')).href;
  return {
    env: { DRILL_CLOCK_FILE: path, NODE_OPTIONS: `--import ${hook}` },
    jump: (offsetMs) => writeFile(path, String(offsetMs)),
  };
}

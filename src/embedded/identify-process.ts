import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began and its command line, on one line: tells it from a later one with the same pid. */
export function identifyProcess(pid: number): string | undefined {
  return process.platform === 'linux' ? readProc(pid) : askPs(pid);
}

function readProc(pid: number): string | undefined {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trimEnd();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22 is the start in ticks since boot; the name in field 2 may hold spaces and brackets.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return commandLine === '' ? undefined : `${start} ${commandLine} `.replaceAll('\n', ' ');
  } catch {
    return undefined;
  }
}

function askPs(pid: number): string | undefined {
  try {
    const out = execFileSync('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    return out.trim() === '' ? undefined : `${out.trim()} `.replaceAll('\n', ' ');
  } catch {
    return undefined;
  }
}

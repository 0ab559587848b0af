import { runCommand } from './run-command.ts';

// Fairness keys came with server 1.29; an older one would silently ignore them.
const OLDEST = [1, 29] as const;
const TIMEOUT_MS = 15_000;

/** What a `temporal` program is worth: its version, or why it cannot be used. Runs it once (about 60 ms). */
export async function readTemporalVersion(
  executable: string,
): Promise<{ readonly version: string } | { readonly fault: string }> {
  const { code, output } = await runCommand([executable, '--version'], { timeoutMs: TIMEOUT_MS });
  const version = /temporal version (.+)/.exec(output)?.[1]?.trim();
  if (code !== 0 || version === undefined) {
    return { fault: `it does not run (${output.trim().split('\n').at(-1) || `exit code ${code}`})` };
  }
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(version) ?? [];
  // A development build names no server version: let it try.
  const tooOld = major !== undefined && Number(major) * 1000 + Number(minor) < OLDEST[0] * 1000 + OLDEST[1];
  return tooOld ? { fault: `it is too old (${version}; server ${OLDEST.join('.')} is needed)` } : { version };
}

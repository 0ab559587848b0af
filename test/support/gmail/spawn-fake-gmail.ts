import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./run-fake-gmail.ts', import.meta.url));

/** The fake as a process of its own, with its controls. */
export async function spawnFakeGmail() {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, controlUrl, jwksUrl } = JSON.parse(line) as Record<'url' | 'controlUrl' | 'jwksUrl', string>;
  return {
    url,
    controlUrl,
    jwksUrl,
    /** Throws when the fake refuses. */
    async control<T>(verb: string, body: object = {}): Promise<T> {
      const answer = await fetch(`${controlUrl}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`The fake refused ${verb}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { startProgram } from '../start-program.ts';
import type { FakeControls } from './fake-controls.ts';

type Controls = {
  readonly [K in keyof FakeControls]: (
    ...args: Parameters<FakeControls[K]>
  ) => Promise<Awaited<ReturnType<FakeControls[K]>>>;
};

export interface SpawnedGraph {
  readonly baseUrl: string;
  /** For NODE_EXTRA_CA_CERTS of the processes that talk to it. */
  readonly caPath: string;
  /** Those of the fake, over HTTP; `raw` has to be base64. */
  readonly controls: Controls;
  stop(): Promise<void>;
}

interface Started {
  readonly baseUrl: string;
  readonly controlUrl: string;
  readonly caPath: string;
}

/** The fake in a process of its own, which outlives workers that are killed. It ends with the process that asked. */
export async function spawnFakeGraph(users: readonly string[]): Promise<SpawnedGraph> {
  const args = ['--import', 'tsx/esm', 'test/support/graph/run-fake-graph.ts', ...users];
  const program = startProgram(args, { cwd: PACKAGE_ROOT, env: { PATH: process.env.PATH ?? '' } });
  await program.says('"caPath"');
  const { baseUrl, controlUrl, caPath } = JSON.parse(program.answer()) as Started;
  const call = async (name: string, given: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${controlUrl}/${name}`, { method: 'POST', body: JSON.stringify(given) });
    const answer = (await response.json()) as { readonly result?: unknown; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  };
  const controls = new Proxy({} as Controls, {
    get:
      (_target, name) =>
      (...given: unknown[]) =>
        call(String(name), given),
  });
  return { baseUrl, caPath, controls, stop: async () => void (await program.end('SIGTERM')) };
}

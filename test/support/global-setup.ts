import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startServers } from './servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
    temporalAddress: string;
    temporalNamespace: string;
    /** Not there before `getInstalled` made it. */
    installed: string;
  }
}

/** Runs once before the project `server`; tests read the four with `inject('postgresUrl')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers((line) => console.error(`[servers] ${line}`));
  project.provide('postgresUrl', servers.postgresUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  project.provide('temporalNamespace', servers.temporalNamespace);
  project.provide('installed', join(servers.folder, 'installed'));
  return () => servers.stop();
}

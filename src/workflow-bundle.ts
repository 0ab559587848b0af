import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { BundledPolicy } from './contract/activity-policy.ts';
import { PACKAGE_ROOT } from './package-root.ts';

/** The code that a workflow may run: what is here decides whether a bundle is still good. */
const BUNDLED_FOLDERS = ['workflows', 'src/contract', 'src/domain'];
/** Below the compiled code: the bundle of the policy as it is shipped, so that a new container need not bundle. */
const SHIPPED_FOLDER = 'workflow-bundles';

export interface WorkflowBundleOptions {
  readonly policy: BundledPolicy;
  /** Bundles are kept here by the hash of all that goes into them: bundling takes seconds. */
  readonly cacheFolder: string;
  /** The folder that holds `workflows` and `src`; for tests that plant a change. */
  readonly codeRoot?: string;
  /** What to bundle instead of `workflows`; for benches. */
  readonly workflowsPath?: string;
}

/** Compiles the workflows together with their policy from `temporal.yaml`. */
export async function loadWorkflowBundle(
  options: WorkflowBundleOptions,
): Promise<WorkflowBundleWithSourceMap> {
  const codeRoot = options.codeRoot ?? findCodeRoot();
  const workflowsPath = options.workflowsPath ?? join(codeRoot, 'workflows');
  const hash = hashInputs(codeRoot, workflowsPath, options.policy);
  const name = `workflows-${hash}.js`;
  const cached = join(options.cacheFolder, name);
  for (const path of [cached, join(codeRoot, SHIPPED_FOLDER, name)]) {
    const known = await readFile(path, 'utf8').catch(() => undefined);
    if (known !== undefined) return { code: known, sourceMap: '' };
  }
  await mkdir(options.cacheFolder, { recursive: true });
  const policyFile = join(options.cacheFolder, `policy-${hash}.json`);
  await writeWhole(policyFile, JSON.stringify(options.policy));
  const bundle = await bundleWorkflowCode({
    workflowsPath,
    logger: QUIET,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, alias: { ...config.resolve?.alias, 'mailroom-policy$': policyFile } },
    }),
  });
  await writeWhole(cached, bundle.code);
  return bundle;
}

/** In a build the compiled code lies below `dist`, next to this file's parent. */
function findCodeRoot(): string {
  return join(import.meta.dirname, '..');
}

function hashInputs(codeRoot: string, workflowsPath: string, policy: BundledPolicy): string {
  const hash = createHash('sha256').update(JSON.stringify(policy));
  hash.update(readFileSync(join(PACKAGE_ROOT, 'package-lock.json')));
  for (const folder of [workflowsPath, ...BUNDLED_FOLDERS.map((name) => join(codeRoot, name))]) {
    for (const name of readdirSync(folder).sort()) {
      if (/\.(ts|js)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Two processes may write at once: each file appears whole. */
async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, path);
}

const nothing = () => undefined;
const QUIET = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

import { mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTemporalConfig } from '../../../src/temporal-config.ts';
import { loadWorkflowBundle } from '../../../src/workflow-bundle.ts';

/** The SDK's own; it carries nexus-rpc, ms and long along. */
const ALLOWED_PACKAGES = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];
/** 587 KB without its source map, nearly all of it the SDK. zod alone would add as much again. */
const LARGEST_BYTES = 700_000;

const cacheFolder = mkdtempSync(join(tmpdir(), 'mailroom-bundle-'));
let code: string;
let modules: readonly string[];

beforeAll(async () => {
  const bundle = await loadWorkflowBundle({ policy: loadTemporalConfig().policy, cacheFolder });
  code = bundle.code.split('//# sourceMappingURL')[0] ?? '';
  // webpack heads each module with its path.
  modules = [...code.matchAll(/^\/\*{3}\/ "([^"\n]+)"/gm)].flatMap(([, name]) => name ?? []);
}, 120_000);

afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

describe('the workflow bundle', () => {
  it('holds the workflows', () => {
    expect(modules).toContain('./workflows/process-message.ts');
  });

  it('holds no package but the SDK', () => {
    const packages = modules.flatMap((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(ALLOWED_PACKAGES);
  });

  it('holds nothing of ours but workflows, contract and domain', () => {
    const ours = modules.filter((name) => name.startsWith('./') && !name.startsWith('./node_modules/'));
    expect(ours.filter((name) => !/^\.\/(workflows|src\/(contract|domain))\//.test(name))).toEqual([]);
  });

  it('asks for no module of node', () => {
    const required = [...code.matchAll(/\brequire\(["']([^"']+)["']\)/g)].flatMap(([, name]) => name ?? []);
    const external = modules.filter((name) => name.startsWith('external '));
    expect([...required, ...modules].filter(isBuiltin)).toEqual([]);
    expect(external).toEqual([]);
  });

  it('stays small: every cached workflow shares it, every start compiles it', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(LARGEST_BYTES);
  });
});

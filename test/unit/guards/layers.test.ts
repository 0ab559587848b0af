import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { plantTree } from './plant-tree.ts';
import { CLEAN_TREE, PLANTED_BREACHES } from './planted-breaches.ts';

const CONFIG = join(PACKAGE_ROOT, '.dependency-cruiser.cjs');
const FOLDERS = ['src', 'workflows', 'activities', 'api', 'db', 'test'];

interface Finding {
  readonly rule: string;
  readonly from: string;
}

const options = await extractOptions(CONFIG);
const rules = (options.ruleSet?.forbidden ?? []).map(({ name }) => name ?? 'unnamed');
let root: string;
let findings: readonly Finding[];

/** One run over one tree: the clean files beside a breach of each rule. */
beforeAll(async () => {
  const breaches = Object.values(PLANTED_BREACHES);
  const files = {
    ...CLEAN_TREE,
    ...Object.fromEntries(breaches.map(({ breach, content }) => [breach, content])),
    ...Object.assign({}, ...breaches.map(({ also }) => also ?? {})),
  };
  root = plantTree({ ...files, ...stubPackages(Object.values(files)) });
  const { tsConfig: _unused, ...rest } = options;
  const { output } = await cruise(FOLDERS, { ...rest, baseDir: root }, options.enhancedResolveOptions);
  if (typeof output === 'string') throw new Error(output);
  findings = toFindings(output);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the layer rules', () => {
  it('each have a planted breach, and no breach is left without its rule', () => {
    expect(Object.keys(PLANTED_BREACHES).sort()).toEqual([...rules].sort());
  });

  it.each(rules)('%s fires', (rule) => {
    const breach = PLANTED_BREACHES[rule]?.breach;
    expect(findings.filter((finding) => finding.rule === rule).map(({ from }) => from)).toContain(breach);
  });

  it('let everything pass that a layer may do', () => {
    const clean = new Set(Object.keys(CLEAN_TREE));
    expect(findings.filter(({ from }) => clean.has(from))).toEqual([]);
  });
});

function toFindings({ summary }: ICruiseResult): Finding[] {
  return summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    // A rule on what is reachable names the file that is not as its `to`.
    from: rule.name === 'no-dead-files' ? to : from,
  }));
}

/** Empty packages under the names that the files import, declared as in our own package.json. */
function stubPackages(sources: readonly string[]): Record<string, string> {
  const stubs: Record<string, string> = {
    'package.json': readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
  };
  const specifiers = sources.flatMap((source) =>
    [...source.matchAll(/(?:import|from) '([^'.][^']*)'/g)].map(([, name]) => name),
  );
  for (const specifier of specifiers) {
    if (specifier === undefined || /^node:|^mailroom-policy$/.test(specifier)) continue;
    stubs[`node_modules/${specifier}/package.json`] = JSON.stringify({ name: specifier, main: 'index.js' });
    stubs[`node_modules/${specifier}/index.js`] = 'export {};\n';
  }
  return stubs;
}

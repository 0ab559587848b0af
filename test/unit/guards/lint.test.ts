import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { plantTree } from './plant-tree.ts';

const head = `import { localActivity, networkActivity } from './activity-proxies.ts';
const settleMessage = localActivity('settleMessage');
const message = { accountId: 'a', messageId: 'm' };
`;

/** By the rule that must name it. */
const TYPED = {
  'workflows/no-floating-promises.ts': `${head}export async function planted() {
  settleMessage({ ...message, outcome: 'processed', note: undefined });
  networkActivity('syncPartner', { priorityKey: 3 })(message);
}`,
  'workflows/no-misused-promises.ts': `${head}export async function planted() {
  return networkActivity('syncPartner', { priorityKey: 3 })(message) ? 1 : 2;
}`,
  'src/return-await.ts': `export async function planted(work: () => Promise<number>) {
  try { return work(); } catch { return 0; }
}`,
  'src/only-throw-error.ts': "export function planted(): never { throw 'text'; }",
  'src/switch-exhaustiveness-check.ts': `export function planted(kind: 'a' | 'b'): number {
  switch (kind) { case 'a': return 1; }
  return 2;
}`,
  'src/no-unnecessary-condition.ts': "export const planted = (text: string) => text ?? 'never';",
} as const;

const SYNTACTIC = {
  'src/noExplicitAny.ts': 'export const planted: any = 1;\n',
  'src/noEmptyBlockStatements.ts':
    'export function planted(work: () => void): void {\n  try {\n    work();\n  } catch {}\n}\n',
  'src/noNonNullAssertion.ts': 'export const planted = [1][0]!;\n',
  'src/noConsole.ts': "console.log('planted');\n",
  'src/useImportType.ts':
    "import { Priority } from './domain/priority.ts';\n\nexport type Planted = Priority;\n",
  'src/noExcessiveLinesPerFunction.ts': `export function planted(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`,
  'src/format.ts': 'export const planted = "double quotes";\n',
} as const;

let root: string;
beforeAll(() => {
  const files = [
    ...['biome.json', '.gitignore', 'eslint.config.mjs', 'package.json'],
    ...['tsconfig.base.json', 'tsconfig.json', 'workflows/tsconfig.json', 'api/web/tsconfig.json'],
  ];
  const config = files.map((path) => [path, readFileSync(join(PACKAGE_ROOT, path), 'utf8')] as const);
  root = plantTree({ ...Object.fromEntries(config), 'api/web/src/page.ts': '', ...TYPED, ...SYNTACTIC });
  for (const folder of ['workflows', 'src/contract', 'src/domain']) {
    cpSync(join(PACKAGE_ROOT, folder), join(root, folder), { recursive: true });
  }
  symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('typed lint', () => {
  it('names every planted fault, un-awaited activity proxies of both kinds among them', async () => {
    const eslint = new ESLint({ cwd: root });
    const results = await eslint.lintFiles(Object.keys(TYPED));
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId }) => `${filePath.slice(root.length + 1)} ${ruleId}`),
    );
    const expected = Object.keys(TYPED).map((path) => `${path} @typescript-eslint/${nameOf(path)}`);
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(found.filter((line) => line.endsWith('no-floating-promises'))).toHaveLength(2);
  }, 120_000);
});

describe('biome', () => {
  it('names every planted fault', () => {
    const bin = join(PACKAGE_ROOT, 'node_modules/@biomejs/biome/bin/biome');
    const args = [bin, 'check', '--reporter=json', '--max-diagnostics=100', ...Object.keys(SYNTACTIC)];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    const report: BiomeReport = JSON.parse(stdout || `{"diagnostics":[],"stderr":${JSON.stringify(stderr)}}`);
    const found = report.diagnostics.map(({ category, location }) => `${pathIn(location)} ${category}`);
    for (const path of Object.keys(SYNTACTIC)) {
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${path} (.+/)?${nameOf(path)}$`)));
    }
  }, 60_000);
});

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string | { readonly file: string } };
  }[];
}

function pathIn({ path }: BiomeReport['diagnostics'][number]['location']): string {
  return typeof path === 'string' ? path : path.file;
}

function nameOf(path: string): string {
  return path.replace(/^.*\/|\.ts$/g, '');
}

import { dirname, join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';

/** What the sandbox lacks or replays differently, and what must therefore not compile in workflows/. */
const FORBIDDEN = {
  process: 'export const planted = process.env;',
  fetch: "export const planted = fetch('http://localhost');",
  Buffer: "export const planted = Buffer.from('');",
  console: "console.log('planted');\nexport {};",
  URL: "export const planted = new URL('http://localhost');",
  'node:fs': "export { readFileSync } from 'node:fs';",
  'node:crypto': "import { randomUUID } from 'node:crypto';\nexport const planted = randomUUID();",
  'a missing lib': 'export const planted = document.title;',
  'an import without .ts': "export { toFailure } from './to-failure';",
} as const;
const ALLOWED = `import { sleep, workflowInfo } from '@temporalio/workflow';
import { QUEUES } from '../src/contract/queues.ts';
export const planted = async () => [await sleep(1), Math.random(), Date.now(), workflowInfo().runId, ...QUEUES];
`;

const configPath = join(PACKAGE_ROOT, 'workflows', 'tsconfig.json');
const plantedFiles = new Map<string, string>();
const cases = Object.keys(FORBIDDEN) as (keyof typeof FORBIDDEN)[];
let program: ts.Program;

/** One program of the real workflows and all plants, which exist in the compiler's eyes only. */
beforeAll(() => {
  for (const name of cases) plantedFiles.set(pathOf(name), FORBIDDEN[name]);
  plantedFiles.set(pathOf('allowed'), ALLOWED);
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configPath));
  const options = { ...parsed.options, incremental: false };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => plantedFiles.has(path) || fileExists(path);
  host.readFile = (path) => plantedFiles.get(path) ?? readFile(path);
  program = ts.createProgram([...parsed.fileNames, ...plantedFiles.keys()], options, host);
}, 120_000);

describe('workflows/tsconfig.json', () => {
  it.each(cases)(
    'rejects %s',
    (name) => {
      expect(faultsOf(name)).not.toEqual([]);
    },
    120_000,
  );

  it('accepts what a workflow may use', () => {
    expect(faultsOf('allowed')).toEqual([]);
  });
});

function pathOf(name: string): string {
  return join(PACKAGE_ROOT, 'workflows', `planted-${name.replace(/[^A-Za-z]+/g, '-')}.ts`);
}

function faultsOf(name: string): string[] {
  const file = program.getSourceFile(pathOf(name));
  return ts
    .getPreEmitDiagnostics(program, file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

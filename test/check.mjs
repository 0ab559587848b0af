// `npm run check`: every guard at once, what each took, and what the failing ones said.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const LAYERS = ['src', 'workflows', 'activities', 'api', 'db', 'test'].filter((name) =>
  existsSync(join(root, name)),
);

/** The slow ones first, so that two cores end together. `needs`: skipped, loudly, while that file is missing. */
const GUARDS = [
  guard('eslint', 'eslint/bin/eslint.js', [
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ]),
  guard('tsc', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']),
  guard(
    'layers',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', ...LAYERS],
    '.dependency-cruiser.cjs',
  ),
  guard(
    'tsc workflows',
    'typescript/bin/tsc',
    ['-p', 'workflows/tsconfig.json', '--noEmit'],
    'workflows/index.ts',
  ),
  guard(
    'tsc web',
    'typescript/bin/tsc',
    ['-p', 'api/web/tsconfig.json', '--noEmit'],
    'api/web/tsconfig.json',
  ),
  guard('biome', '@biomejs/biome/bin/biome', ['check', '--colors=off', '.']),
];

function guard(name, script, args, needs) {
  return { name, command: [join(modules, script), ...args], needs };
}

function run({ name, command, needs }) {
  if (needs && !existsSync(join(root, needs))) {
    return Promise.resolve({ name, outcome: `SKIPPED: there is no ${needs}`, seconds: 0, output: '' });
  }
  const began = Date.now();
  return new Promise((done) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => collect(error.message));
    child.once('close', (code) => {
      done({ name, outcome: code === 0 ? 'ok' : 'FAILED', seconds: (Date.now() - began) / 1000, output });
    });
  });
}

const prepared = spawnSync(process.execPath, [join(root, 'src', 'embedded', 'prestart.mjs')], {
  stdio: 'inherit',
});
if (prepared.status !== 0) process.exit(1);
const began = Date.now();
const results = await Promise.all(GUARDS.map(run));
const failed = results.filter(({ outcome }) => outcome === 'FAILED');
for (const { name, output } of failed) console.log(`\n--- ${name} ---\n${output.trim()}`);
console.log('\nguard          seconds  outcome');
for (const { name, outcome, seconds } of results) {
  console.log(`${name.padEnd(14)} ${seconds.toFixed(1).padStart(7)}  ${outcome}`);
}
const total = ((Date.now() - began) / 1000).toFixed(1);
console.log(
  failed.length === 0
    ? `\ncheck passed in ${total} s`
    : `\ncheck failed in ${total} s: ${failed.map(({ name }) => name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

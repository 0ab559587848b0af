// `npm run build [-- OUTDIR] [--no-web] [--no-check]`: compiles what the processes of an installation need into dist/, and the web page.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const outDir = resolve(root, args.find((arg) => !arg.startsWith('--')) ?? 'dist');
const FOLDERS = ['src', 'workflows', 'activities', 'api', 'db'];

/** The compiler leaves these: migrations, the taxonomy, plain JavaScript. */
function copyAssets(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path !== join(root, 'api', 'web')) copyAssets(path);
    } else if (!/\.tsx?$|\.md$|^tsconfig/.test(entry.name)) {
      cpSync(path, join(outDir, relative(root, path)));
    }
  }
}

function run(script, ...rest) {
  const program = join(root, 'node_modules', script);
  const { status } = spawnSync(process.execPath, [program, ...rest], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** A worker finds the workflows bundled with the policy of temporal.yaml, and bundles by itself only another one. */
async function bundleWorkflows() {
  const load = (path) => import(pathToFileURL(join(outDir, 'src', path)).href);
  const [{ loadWorkflowBundle }, { loadTemporalConfig }] = await Promise.all([
    load('workflow-bundle.js'),
    load('temporal-config.js'),
  ]);
  const { policy } = loadTemporalConfig();
  await loadWorkflowBundle({ policy, cacheFolder: join(outDir, 'workflow-bundles') });
}

// It is emptied first: never a folder that holds sources.
if (existsSync(join(outDir, 'package.json'))) throw new Error(`${outDir} is no output folder`);
rmSync(outDir, { recursive: true, force: true });
// What files say by themselves is all that is written (`isolatedModules`): reading the types of packages takes half of the work.
const unchecked = args.includes('--no-check') ? ['--noCheck', '--noResolve'] : [];
run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', outDir, ...unchecked);
for (const folder of FOLDERS) copyAssets(join(root, folder));
// What the licences ask for: it goes wherever the code goes.
cpSync(join(root, 'THIRD-PARTY-NOTICES.md'), join(outDir, 'THIRD-PARTY-NOTICES.md'));
// Elsewhere the compiled code finds neither its packages nor temporal.yaml.
if (existsSync(join(dirname(outDir), 'package.json'))) await bundleWorkflows();
if (!args.includes('--no-web')) run('vite/bin/vite.js', 'build', 'api/web', '--logLevel', 'warn');
console.log(`Built ${relative(process.cwd(), outDir) || outDir}`);

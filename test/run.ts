import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSummary, SkippedTest } from './support/summarize-run.ts';

/** `npm test [-- vitest arguments]`: streams the run and ends with the line `N passed, N failed[, N skipped]`. */
async function main(args: readonly string[]): Promise<void> {
  // The name that servers.ts clears away when its process is gone.
  const folder = mkdtempSync(join(tmpdir(), `mailroom-test-${process.pid}-`));
  const summaryFile = join(folder, 'summary.json');
  const child = fork(join(import.meta.dirname, 'support', 'run-vitest.ts'), [summaryFile, ...args]);
  // The terminal's Ctrl-C reaches the child too: wait for it, then print what there is.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'close');
  const summary = readSummary(summaryFile);
  rmSync(folder, { recursive: true, force: true });
  report(summary, code === 0);
}

function readSummary(path: string): RunSummary {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {
      passed: 0,
      failed: 0,
      skipped: [],
      flaky: [],
      errors: ['The run ended before it had a result, see above'],
    };
  }
}

/** A run that went wrong without a failed test (unhandled error, no test at all) counts as one failure. */
function report({ passed, failed, skipped, flaky, errors }: RunSummary, isClean: boolean): void {
  reportSkipped(skipped);
  for (const test of flaky) console.log(`FLAKY, passed only when it was tried again: ${test}`);
  for (const error of errors) console.log(`ERROR ${error}`);
  if (passed + failed + skipped.length === 0) console.log('ERROR There was no test to run');
  const isGood = isClean && errors.length === 0 && passed > 0;
  const failures = failed === 0 && !isGood ? 1 : failed;
  process.exitCode = failures === 0 ? 0 : 1;
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${passed} passed, ${failures} failed${tail}`);
}

function reportSkipped(skipped: readonly SkippedTest[]): void {
  if (skipped.length === 0) return;
  console.log('\nSKIPPED, so not proven by this run:');
  const groups = new Map<string, string[]>();
  for (const { file, reason, test } of skipped) {
    const title = `${file}: ${reason}`;
    groups.set(title, [...(groups.get(title) ?? []), test]);
  }
  for (const [title, tests] of groups) {
    console.log(`  ${title} (${tests.length})`);
    for (const test of tests.slice(0, 5)) console.log(`    - ${test}`);
  }
  console.log('');
}

await main(process.argv.slice(2));

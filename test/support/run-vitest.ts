import { writeFileSync } from 'node:fs';
import { parseCLI, startVitest } from 'vitest/node';
import { summarizeRun } from './summarize-run.ts';

/**
 * The child of test/run.ts: runs vitest with the arguments after the first and writes the summary to the file that the
 * first one names. A process of its own, so that nothing vitest does (exit, crash, late output) can spoil the last line.
 */
const [summaryFile = '', ...args] = process.argv.slice(2);
// The parent was killed: leave, and the guardians of our servers stop them.
process.on('disconnect', () => process.exit(1));
const { filter, options } = parseCLI(['vitest', 'run', ...args]);
const vitest = await startVitest('test', filter, {
  ...options,
  watch: false,
  reporters: [
    'default',
    {
      onTestRunEnd: (modules, unhandled) => {
        writeFileSync(summaryFile, JSON.stringify(summarizeRun(modules, unhandled)));
      },
    },
  ],
});
await vitest.close();
// Whatever a test left open must not keep the run from ending.
process.exit();

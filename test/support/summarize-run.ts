import type { TestCase, TestModule } from 'vitest/node';

export interface RunSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTest[];
  /** Failed at first and passed when tried again: `file > test`. */
  readonly flaky: readonly string[];
  /** Errors outside of any test: a file that does not load, a rejected promise nobody awaited. */
  readonly errors: readonly string[];
}

export interface SkippedTest {
  readonly file: string;
  readonly test: string;
  readonly reason: string;
}

/** Counts a vitest run. A file that could not be collected counts as one failed test. */
export function summarizeRun(
  modules: readonly TestModule[],
  unhandled: readonly { message?: string }[],
): RunSummary {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  const broken = modules.filter((module) => module.errors().length > 0);
  return {
    passed: inState('passed').length,
    failed: inState('failed').length + broken.length,
    skipped: inState('skipped').map(toSkipped),
    flaky: tests
      .filter((test) => test.diagnostic()?.flaky)
      .map((test) => `${test.module.relativeModuleId} > ${test.fullName}`),
    errors: [
      ...broken.map((module) => `${module.relativeModuleId}: ${module.errors()[0]?.message}`),
      ...unhandled.map((error) => `Unhandled: ${error.message ?? 'unknown error'}`),
    ],
  };
}

function toSkipped(test: TestCase): SkippedTest {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const reason = note ?? (test.options.mode === 'todo' ? 'to do' : 'no reason given');
  return { file: test.module.relativeModuleId, test: test.fullName, reason };
}

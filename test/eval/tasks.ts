import type { EvalTask } from './eval-options.ts';

/** Loaded one at a time: a task brings its engines with it. */
export const TASKS: Readonly<Record<string, () => Promise<EvalTask>>> = {};

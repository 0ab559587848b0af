import type { EvalTask } from './eval-options.ts';

/** Loaded one at a time: a task brings its engines with it. */
export const TASKS: Readonly<Record<string, () => Promise<EvalTask>>> = {
  bounce: () => import('./tasks/bounce.ts').then((m) => m.task),
  language: () => import('./tasks/language.ts').then((m) => m.task),
  summary: () => import('./tasks/summary.ts').then((m) => m.task),
  attachments: () => import('./tasks/attachments.ts').then((m) => m.task),
  mime: () => import('./tasks/mime.ts').then((m) => m.task),
};

import type { EvalTask } from './eval-options.ts';

/** Loaded one at a time: a task brings its engines with it. */
export const TASKS: Readonly<Record<string, () => Promise<EvalTask>>> = {
  action: () => import('./tasks/action.ts').then((m) => m.task),
  attachments: () => import('./tasks/attachments.ts').then((m) => m.task),
  bounce: () => import('./tasks/bounce.ts').then((m) => m.task),
  ids: () => import('./tasks/ids.ts').then((m) => m.task),
  intent: () => import('./tasks/intent.ts').then((m) => m.task),
  language: () => import('./tasks/language.ts').then((m) => m.task),
  latency: () => import('./tasks/latency.ts').then((m) => m.task),
  mime: () => import('./tasks/mime.ts').then((m) => m.task),
  pii: () => import('./tasks/pii.ts').then((m) => m.task),
  'pii-patterns': () => import('./tasks/pii-patterns.ts').then((m) => m.task),
  summary: () => import('./tasks/summary.ts').then((m) => m.task),
  triage: () => import('./tasks/triage.ts').then((m) => m.task),
  reply: () => import('./tasks/reply.ts').then((m) => m.task),
  signature: () => import('./tasks/signature.ts').then((m) => m.task),
  injection: () => import('./tasks/injection.ts').then((m) => m.task),
  spam: () => import('./tasks/spam.ts').then((m) => m.task),
};

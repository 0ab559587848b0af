import { Counter, type Registry } from 'prom-client';
import type { ApiDependencies } from '../dependencies.ts';

/** What the levels of kept model answers had, within this process. */
export function addAnswerCounter(
  registry: Registry,
  { countAnswers }: Pick<ApiDependencies, 'countAnswers'>,
): void {
  new Counter({
    name: 'mailroom_model_answer_lookups_total',
    help: 'Lookups of kept model answers, by level and by what came of them',
    labelNames: ['level', 'lookup'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { level, lookup, count } of countAnswers()) this.inc({ level, lookup }, count);
    },
  });
}

import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ApiDependencies } from '../dependencies.ts';
import { addAccountGauges } from './add-account-gauges.ts';
import { addAnswerCounter } from './add-answer-counter.ts';
import { addLedgerGauges } from './add-ledger-gauges.ts';
import { addMailGauges } from './add-mail-gauges.ts';
import { addSpendGauges } from './add-spend-gauges.ts';
import { addWebhookCounter, type CountWebhook } from './add-webhook-counter.ts';

export interface Metrics {
  readonly contentType: string;
  render(): Promise<string>;
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  readonly countWebhook: CountWebhook;
  close(): void;
}

/** A registry of its own, so that several servers in one process do not mix. */
export function createMetrics(
  deps: Pick<
    ApiDependencies,
    | 'accounts'
    | 'accountFacts'
    | 'messageList'
    | 'batches'
    | 'quarantine'
    | 'countAnswers'
    | 'spending'
    | 'config'
    | 'audits'
  >,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'mailroom_http_request_duration_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const mail = addMailGauges(registry, deps);
  const ledger = addLedgerGauges(registry, deps);
  addAnswerCounter(registry, deps);
  const spend = addSpendGauges(registry, deps);
  const accounts = addAccountGauges(registry, deps);
  const countWebhook = addWebhookCounter(registry);
  return {
    contentType: registry.contentType,
    async render() {
      await Promise.all([mail.refresh(), spend.refresh(), accounts.refresh(), ledger.refresh()]);
      return registry.metrics();
    },
    observe: ({ method, route, status, seconds }) =>
      durations.observe({ method, route, status: String(status) }, seconds),
    countWebhook,
    close: () => registry.clear(),
  };
}

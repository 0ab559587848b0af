import { Counter, type Registry } from 'prom-client';

export const WEBHOOK_RESULTS = [
  /** Told to the account's pull. */
  'accepted',
  /** A copy of one that was taken. */
  'replayed',
  /** A subscription that is not ours. */
  'unknown',
  /** It does not prove that the provider sent it. */
  'forged',
  /** The account is paused or removed. */
  'ignored',
  'invalid',
  /** Good, and the pull could not be told: the provider sends it again. */
  'failed',
] as const;
export type WebhookResult = (typeof WEBHOOK_RESULTS)[number];
export type CountWebhook = (provider: 'graph' | 'gmail', result: WebhookResult) => void;

/** Notifications of mail providers, by what came of them. */
export function addWebhookCounter(registry: Registry): CountWebhook {
  const counter = new Counter({
    name: 'mailroom_webhooks_total',
    help: 'Notifications of mail providers, by what came of them',
    labelNames: ['provider', 'result'],
    registers: [registry],
  });
  return (provider, result) => counter.inc({ provider, result });
}

/** Task queue keys; `temporal.yaml` gives each its name, rate limit and concurrency. */
export const QUEUES = ['main', 'mailbox', 'upkeep', 'watch', 'model', 'odoo', 'send'] as const;
export type Queue = (typeof QUEUES)[number];

/** Names on the server. `main` runs workflows and local activities, the others one kind of network step each. */
export const QUEUE_NAMES: Readonly<Record<Queue, string>> = {
  main: 'mailroom',
  mailbox: 'mailroom-mailbox',
  upkeep: 'mailroom-upkeep',
  watch: 'mailroom-watch',
  model: 'mailroom-model',
  odoo: 'mailroom-odoo',
  send: 'mailroom-send',
};

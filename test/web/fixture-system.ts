import { Health } from '../../api/schemas/health.ts';
import type { Message } from '../../api/schemas/message.ts';
import { Overview } from '../../api/schemas/overview.ts';
import {
  type QuarantineEntry,
  QuarantineEntry as QuarantineEntrySchema,
} from '../../api/schemas/quarantine.ts';
import { ago } from './fixture-messages.ts';

const TEMPORAL = 'http://127.0.0.1:8233';
const count = (values: readonly string[]) =>
  Object.fromEntries([...new Set(values)].map((id) => [id, values.filter((value) => value === id).length]));

export function toOverview(messages: readonly Message[]): Overview {
  const byState = count(messages.map(({ state }) => state));
  const overview: Overview = {
    messages: messages.length,
    byCategory: count(messages.flatMap(({ category }) => category ?? [])),
    byPriority: count(messages.flatMap(({ priority }) => priority ?? [])),
    byState,
    byOutcome: count(messages.flatMap(({ outcome }) => outcome ?? [])),
    throughput: Array.from({ length: 59 }, (_, minute) => ({
      minute: ago(58 - minute),
      settled: Math.round(14 + 11 * Math.sin(minute / 6) + (minute % 7)),
    })),
    quarantineOpen: 3,
    needPerson: messages.filter(({ needsPerson }) => needsPerson !== null).length,
    pendingDrafts: byState['awaiting-approval'] ?? 0,
    temporalUiUrl: TEMPORAL,
  };
  Overview.parse(overview);
  return overview;
}

const entry = { batchId: null, resolvedAt: null, resolution: null };
export const quarantine: readonly QuarantineEntry[] = [
  {
    ...entry,
    id: 3,
    accountId: 'support',
    messageId: 'm0016',
    label: 'INBOX/18231',
    stage: 'sync',
    failureType: 'Unavailable',
    reason: 'Odoo did not answer within 30 s, 3 attempts. Is it running at http://odoo:8069?',
    createdAt: ago(22),
  },
  {
    ...entry,
    id: 2,
    accountId: 'sales',
    messageId: 'm0031',
    label: 'INBOX/902',
    stage: 'send',
    failureType: 'Rejected',
    reason: '550 5.1.1 The recipient address was rejected: user unknown',
    createdAt: ago(180),
  },
  {
    ...entry,
    id: 1,
    accountId: 'support',
    messageId: null,
    label: 'archive/2024.mbox#4412',
    stage: 'intake',
    failureType: 'InvalidInput',
    reason: 'The message has 104,857,600 bytes; at most 50,000,000 are read',
    createdAt: ago(1_600),
  },
];
for (const item of quarantine) QuarantineEntrySchema.parse(item);

export const health: Health = {
  status: 'degraded',
  checkedAt: ago(0),
  components: [
    { name: 'postgres', status: 'up', required: true, latencyMs: 1.4, detail: '18.0' },
    { name: 'temporal', status: 'up', required: true, latencyMs: 3.8, detail: 'namespace default' },
    { name: 'worker', status: 'up', required: true, latencyMs: 12, detail: '3 task queues polled' },
    { name: 'smtp', status: 'up', required: false, latencyMs: 24, detail: 'mail.harborline.example' },
    { name: 'odoo', status: 'down', required: false, latencyMs: 2_000, detail: 'no answer within 2 s' },
  ],
};
Health.parse(health);

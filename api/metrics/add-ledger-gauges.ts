import { Gauge, type Registry } from 'prom-client';
import { countUnaccounted } from '../../src/domain/audit.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';

const KEPT_MS = 5_000;

/** What the last audit of each account found; without Postgres nothing is said. */
export function addLedgerGauges(
  registry: Registry,
  { audits }: Pick<ApiDependencies, 'audits'>,
): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['account'], registers: [registry] });
  const unaccounted = gauge('mail_unaccounted', 'Messages of the mailbox of which nobody knows what became');
  const healed = gauge('mailroom_audit_healed', 'Messages that the last audit found missing and fetched');
  const finished = gauge('mailroom_audit_finished_timestamp_seconds', 'When the last audit ended');
  const load = rememberFor(KEPT_MS, async () => {
    try {
      return await audits.listLatest();
    } catch (error) {
      if (error instanceof ServiceError) return undefined;
      throw error;
    }
  });
  return {
    async refresh() {
      const latest = await load();
      for (const each of [unaccounted, healed, finished]) each.reset();
      for (const [account, row] of latest ?? []) {
        unaccounted.set({ account }, countUnaccounted(row));
        healed.set({ account }, row.healed);
        if (row.finishedAt !== null) finished.set({ account }, row.finishedAt.getTime() / 1000);
      }
    },
  };
}

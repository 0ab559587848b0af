import { Gauge, type Registry } from 'prom-client';
import { BATCH_STATES } from '../../src/domain/batch.ts';
import { MESSAGE_STATES } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';

const KEPT_MS = 5_000;
const NEWEST_BATCHES = 100;

type Needs = Pick<ApiDependencies, 'messageList' | 'batches' | 'quarantine'>;

/** What is in the mail room, read by `refresh`. Without Postgres only `mailroom_database_up` 0 is left. */
export function addMailGauges(registry: Registry, deps: Needs): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('mailroom_database_up', '1 when PostgreSQL answered');
  const messages = gauge('mailroom_messages', 'Messages by state', ['state']);
  const batches = gauge('mailroom_batches', `Batches by state, of the newest ${NEWEST_BATCHES}`, ['state']);
  const quarantined = gauge('mailroom_quarantine_open', 'Open quarantine entries');
  const load = rememberFor(KEPT_MS, () => countMail(deps));
  return {
    async refresh() {
      const counts = await load();
      up.set(counts === undefined ? 0 : 1);
      if (counts === undefined) {
        messages.reset();
        batches.reset();
        quarantined.remove();
        return;
      }
      for (const state of MESSAGE_STATES) messages.set({ state }, counts.messages[state] ?? 0);
      for (const state of BATCH_STATES) batches.set({ state }, counts.batches[state] ?? 0);
      quarantined.set(counts.quarantined);
    },
  };
}

async function countMail({ messageList, batches, quarantine }: Needs) {
  try {
    const [counts, newest, quarantined] = await Promise.all([
      messageList.count(),
      batches.list({ limit: NEWEST_BATCHES }),
      quarantine.countOpen(),
    ]);
    const byState: Record<string, number> = {};
    for (const { state } of newest) byState[state] = (byState[state] ?? 0) + 1;
    return { messages: counts.byState, batches: byState, quarantined };
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

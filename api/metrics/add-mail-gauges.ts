import { Gauge, type Registry } from 'prom-client';
import { BATCH_STATES } from '../../src/domain/batch.ts';
import { MESSAGE_STATES } from '../../src/domain/message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';

const KEPT_MS = 5_000;
const NEWEST_BATCHES = 100;

type Needs = Pick<ApiDependencies, 'messageList' | 'batches' | 'quarantine'>;

/** What is in the mail room. Without Postgres these are left out and `mailroom_database_up` is 0. */
export function addMailGauges(registry: Registry, deps: Needs): void {
  const registers = [registry];
  const messages = new Gauge({
    name: 'mailroom_messages',
    help: 'Messages by state',
    labelNames: ['state'],
    registers,
  });
  const batches = new Gauge({
    name: 'mailroom_batches',
    help: `Batches by state, of the newest ${NEWEST_BATCHES}`,
    labelNames: ['state'],
    registers,
  });
  const quarantined = new Gauge({
    name: 'mailroom_quarantine_open',
    help: 'Open quarantine entries',
    registers,
  });
  const load = rememberFor(KEPT_MS, () => countMail(deps));
  const up = new Gauge({
    name: 'mailroom_database_up',
    help: '1 when PostgreSQL answered',
    registers,
    async collect() {
      for (const gauge of [messages, batches, quarantined]) gauge.reset();
      const counts = await load();
      up.set(counts === undefined ? 0 : 1);
      if (counts === undefined) return quarantined.remove();
      for (const state of MESSAGE_STATES) messages.set({ state }, counts.messages[state] ?? 0);
      for (const state of BATCH_STATES) batches.set({ state }, counts.batches[state] ?? 0);
      quarantined.set(counts.quarantined);
    },
  });
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

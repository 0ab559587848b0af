import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { toSeededFates } from '../../support/tcp-proxy.ts';
import type { DrillMailbox } from './create-mailboxes.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { AUDIENCE, SERVICE_ACCOUNT } from './start-providers.ts';

const HOUR_MS = 3_600_000;

/** One fault after the other by the seed; those of providers go on beside them by chance. */
export function createHarm(room: DrillRoom, mailboxes: readonly DrillMailbox[], seed: number) {
  const { providers, worker, api, database, temporalServer, clock } = room;
  const { dovecotProxy, greenmail, graph, gmail } = providers;
  const random = createRandom(seed + 2);
  const counts: Record<string, number> = {};
  const note = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  let uidValidity = 1_000_000 + seed;
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const of = (provider: string) => pick(mailboxes.filter((mailbox) => mailbox.provider === provider));

  gmail.faults.set(
    { '429': 0.01, '403': 0.005, '500': 0.01, '503': 0.01, '401': 0.005, reset: 0.01, cut: 0.01 },
    seed,
  );
  gmail.pubSub.set({
    url: `${room.webhooks.url}/webhooks/gmail`,
    audience: AUDIENCE,
    serviceAccount: SERVICE_ACCOUNT,
    dropped: 0.1,
    doubled: 0.1,
  });
  graph.controls.faults({
    seed,
    rates: { throttle: 0.02, unavailable: 0.02, error: 0.01, reset: 0.01 },
    partRate: 0.01,
    doubled: 0.1,
    dropped: 0.1,
    retryAfterSeconds: 1,
  });
  for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.setFate(toSeededFates(seed, { rate: 0.3 }));

  const cutAll = () => {
    for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.cutAll();
  };

  const deeds: readonly (readonly [kind: string, weight: number, deed: () => unknown])[] = [
    ['worker killed', 5, () => worker.killAndRestart()],
    ['API killed', 2, () => api.killAndRestart()],
    ['database crashed', 1, () => database.killAndRestart()],
    ['Temporal killed', 1, () => temporalServer.killAndRestart()],
    ['IMAP connections cut', 4, cutAll],
    ['UIDVALIDITY changed', 1, () => providers.renumber(of('imap')?.accountId ?? '', uidValidity++)],
    ['delta links expired', 2, () => graph.controls.expireDelta()],
    ['history expired', 2, () => gmail.getMailbox(of('gmail')?.address ?? '').expireHistory()],
    ['clock jumped', 1, () => clock.jump(Math.round((random() - 0.5) * 4 * HOUR_MS))],
  ];
  const whole = deeds.flatMap((deed) => Array.from({ length: deed[1] }, () => deed));
  const bag: (typeof whole)[number][] = [];
  /** As from a bag that is filled again once it is empty: no kind is left out by chance. */
  const draw = () => {
    if (bag.length === 0) bag.push(...whole);
    return bag.splice(Math.floor(random() * bag.length), 1)[0];
  };

  const fromProviders = (): Record<string, number> => {
    const { faults } = graph.controls.counters();
    const sum = (of: object) => Object.values(of).reduce<number>((all, value) => all + Number(value), 0);
    const { dropped, doubled } = gmail.pubSub.counts;
    return {
      'Graph refused': sum(faults),
      'Gmail refused': sum(gmail.faults.counts),
      'Gmail notification lost or doubled': dropped + doubled,
      'IMAP connection harmed': dovecotProxy.faults + (greenmail?.proxy.faults ?? 0),
    };
  };
  const byKind = () => ({ ...counts, ...fromProviders() });

  return {
    byKind,
    count: () => Object.values(byKind()).reduce((sum, value) => sum + value, 0),
    async next(): Promise<void> {
      await wait(random() * 500);
      const [kind, , deed] = draw() ?? [];
      if (kind === undefined || deed === undefined) return;
      await deed();
      note(kind);
    },
    /** From now on everything goes well. */
    async end(): Promise<void> {
      gmail.faults.set({}, seed);
      gmail.pubSub.set({
        url: `${room.webhooks.url}/webhooks/gmail`,
        audience: AUDIENCE,
        serviceAccount: SERVICE_ACCOUNT,
      });
      graph.controls.faults({});
      for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.setFate(undefined);
      await clock.jump(0);
    },
  };
}

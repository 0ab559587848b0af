import { toSeededFates } from '../../support/tcp-proxy.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { AUDIENCE, SERVICE_ACCOUNT } from './start-providers.ts';

export interface ProviderTrouble {
  /** Faults that were done so far, by kind. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** From now on the providers do all that is asked of them. */
  readonly end: () => void;
}

/** From now on providers refuse, hang up, and lose or double notifications, by chance and the seed. */
export function troubleProviders({ providers, webhooks }: DrillRoom, seed: number): ProviderTrouble {
  const { dovecotProxy, greenmail, graph, gmail } = providers;
  const proxies = [dovecotProxy, ...(greenmail === undefined ? [] : [greenmail.proxy])];
  const url = `${webhooks.url}/webhooks/gmail`;
  const pushed = { url, audience: AUDIENCE, serviceAccount: SERVICE_ACCOUNT };
  gmail.faults.set(
    { '429': 0.01, '403': 0.005, '500': 0.01, '503': 0.01, '401': 0.005, reset: 0.01, cut: 0.01 },
    seed,
  );
  gmail.pubSub.set({ ...pushed, dropped: 0.1, doubled: 0.1 });
  graph.controls.faults({
    seed,
    rates: { throttle: 0.02, unavailable: 0.02, error: 0.01, reset: 0.01 },
    partRate: 0.01,
    doubled: 0.1,
    dropped: 0.1,
    retryAfterSeconds: 1,
  });
  for (const proxy of proxies) proxy.setFate(toSeededFates(seed, { rate: 0.3 }));
  return {
    counts() {
      const { dropped, doubled } = gmail.pubSub.counts;
      return {
        'Graph delta link refused': graph.controls.counters().expiredLinks,
        'Gmail history refused': sum(
          [...gmail.mailboxes.values()].map(({ historyRefusals }) => historyRefusals),
        ),
        'Graph refused': sum(Object.values(graph.controls.counters().faults)),
        'Gmail refused': sum(Object.values(gmail.faults.counts)),
        'Gmail notification lost or doubled': dropped + doubled,
        'IMAP connection harmed': sum(proxies.map(({ faults }) => faults)),
      };
    },
    end() {
      gmail.faults.set({}, seed);
      gmail.pubSub.set(pushed);
      graph.controls.faults({});
      for (const proxy of proxies) proxy.setFate(undefined);
    },
  };
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import type { DrillMailbox } from './create-mailboxes.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { sum, troubleProviders } from './trouble-providers.ts';

/** False: it met nothing, and is no fault. Others are counted where they are met, by the providers. */
type Deed = readonly [kind: string, weight: number, deed: () => unknown];

const HOUR_MS = 3_600_000;

/** One fault after the other by the seed; those of providers go on beside them by chance. */
export function createHarm(room: DrillRoom, mailboxes: readonly DrillMailbox[], seed: number) {
  const random = createRandom(seed + 2);
  const trouble = troubleProviders(room, seed);
  const draw = createBag(listDeeds(room, mailboxes, seed, random), random);
  const counts: Record<string, number> = {};
  const byKind = () => ({ ...counts, ...trouble.counts() });
  return {
    byKind,
    count: () => sum(Object.values(byKind())),
    async next(): Promise<void> {
      await wait(random() * 500);
      const [kind, , deed] = draw();
      if ((await deed()) !== false) counts[kind] = (counts[kind] ?? 0) + 1;
    },
    /** From now on everything goes well, and what was killed last is back. */
    async end(): Promise<void> {
      trouble.end();
      await room.clock.jump(0);
      await room.untilReady();
    },
  };
}

function listDeeds(
  { providers, worker, api, database, temporalServer, clock }: DrillRoom,
  mailboxes: readonly DrillMailbox[],
  seed: number,
  random: () => number,
): readonly Deed[] {
  const { dovecotProxy, greenmail, graph, gmail } = providers;
  let uidValidity = 1_000_000 + seed;
  const pick = (provider: string) => {
    const own = mailboxes.filter((mailbox) => mailbox.provider === provider);
    const one = own[Math.floor(random() * own.length)];
    if (one === undefined) throw new Error(`No mailbox of ${provider}`);
    return one;
  };
  const cutAll = () => {
    const proxies = [dovecotProxy, ...(greenmail === undefined ? [] : [greenmail.proxy])];
    const open = proxies.reduce((sum, proxy) => sum + proxy.open, 0);
    for (const proxy of proxies) proxy.cutAll();
    return open > 0;
  };
  /** Counted when a pull is refused for it. */
  const expire = (deed: () => void) => () => {
    deed();
    return false;
  };
  return [
    ['worker killed', 5, () => worker.killAndRestart()],
    ['API killed', 2, () => api.killAndRestart()],
    ['database crashed', 1, () => database.killAndRestart()],
    ['Temporal killed', 1, () => temporalServer.killAndRestart()],
    ['IMAP connections cut', 4, cutAll],
    ['UIDVALIDITY changed', 1, () => providers.renumber(pick('imap').accountId, uidValidity++)],
    ['delta links expired', 2, expire(() => graph.controls.expireDelta())],
    ['history expired', 2, expire(() => gmail.getMailbox(pick('gmail').address).expireHistory())],
    ['clock jumped', 1, () => clock.jump(Math.round((random() - 0.5) * 4 * HOUR_MS))],
  ];
}

/** As from a bag that is filled again once it is empty: no kind is left out by chance. */
function createBag(deeds: readonly Deed[], random: () => number): () => Deed {
  const whole = deeds.flatMap((deed) => Array.from({ length: deed[1] }, () => deed));
  const bag: Deed[] = [];
  return () => {
    if (bag.length === 0) bag.push(...whole);
    const [deed] = bag.splice(Math.floor(random() * bag.length), 1);
    if (deed === undefined) throw new Error('The bag is empty');
    return deed;
  };
}

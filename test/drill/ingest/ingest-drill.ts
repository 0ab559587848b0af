import type { DrillAnswer, DrillOptions } from '../run.ts';
import { type DrillRoom, openDrillRoom } from './open-drill-room.ts';
import { type ChaosOptions, runChaos } from './run-chaos.ts';
import { runCrowd } from './run-crowd.ts';
import { runForgery } from './run-forgery.ts';
import { runPassword } from './run-password.ts';
import { runPush } from './run-push.ts';

const PUSH_MS = 2_000;
const RATIO = 2;

/** What a part found; `broken` names the expectations that were not met. */
interface Part {
  readonly broken: readonly string[];
  readonly figures: object;
}

/**
 * `drill -- ingest`: every provider under faults, then how soon mail is noticed, many accounts side by side, a broken
 * password, and forged notifications. `--only chaos --only push …` for some of it; forgery needs push.
 */
export async function ingestDrill(
  options: DrillOptions,
): Promise<DrillAnswer & Readonly<Record<string, unknown>>> {
  const { n = 5_000, seed, faults = 200, only, say } = options;
  const parts = listParts({ n, seed, faults });
  const unknown = only.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new Error(`The drill has no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`);
  const broken: string[] = [];
  let answer: Record<string, unknown> = {};
  // The crowd and the faults are measured apart: what one leaves behind would slow the other.
  for (const group of [['chaos'], ['push', 'forgery', 'password'], ['crowd']]) {
    const wanted = group.filter((name) => only.length === 0 || only.includes(name));
    if (wanted.length === 0) continue;
    const room = await openDrillRoom({ say, durable: wanted.includes('chaos') });
    try {
      for (const name of wanted) {
        say(`--- ${name}`);
        const part = await parts[name]?.(room);
        answer = { ...answer, ...part?.figures };
        broken.push(...(part?.broken ?? []));
      }
    } finally {
      await room.stop();
    }
  }
  const trials = typeof answer.faults === 'number' ? answer.faults : broken.length + 1;
  return { seed, n, trials, failures: broken.length, bound: 3 / trials, broken, ...answer };
}

function listParts({
  n,
  seed,
  faults,
}: ChaosOptions): Readonly<Record<string, (room: DrillRoom) => Promise<Part>>> {
  return {
    async chaos(room) {
      const figures = await runChaos(room, { n, seed, faults });
      const { lost, duplicated, startedAgain, unaccounted, healed, messages, processed } = figures;
      const unprocessed = messages - processed;
      return {
        figures,
        broken: toBroken({ lost, duplicated, startedAgain, unaccounted, healed, unprocessed }),
      };
    },
    async push(room) {
      const figures = await runPush(room, seed);
      const { imapPushP95Ms, graphPushP95Ms, gmailPushP95Ms } = figures;
      const slow = Object.entries({ imapPushP95Ms, graphPushP95Ms, gmailPushP95Ms });
      return { figures, broken: slow.filter(([, ms]) => !(ms <= PUSH_MS)).map(([name]) => name) };
    },
    async forgery(room) {
      const figures = await runForgery(room);
      const { forgeriesAccepted, genuineAccepted, genuine } = figures;
      return { figures, broken: toBroken({ forgeriesAccepted, genuineRefused: genuine - genuineAccepted }) };
    },
    async password(room) {
      const figures = await runPassword(room, seed);
      const isTold = figures.brokenIsPaused && figures.passwordReason !== '';
      return {
        figures,
        broken: [...(isTold ? [] : ['passwordReason']), ...toBroken({ othersPaused: figures.othersPaused })],
      };
    },
    async crowd(room) {
      const figures = await runCrowd(room, { seed, accounts: 60, backlog: 2 * n });
      const { fairnessRatio, connectionsEach, fullRefetches, connectionsOpened } = figures;
      return {
        figures,
        broken: [
          ...(fairnessRatio <= RATIO ? [] : ['fairnessRatio']),
          ...(connectionsEach === 1 ? [] : ['connectionsEach']),
          ...toBroken({ fullRefetches, connectionsOpened }),
        ],
      };
    },
  };
}

function toBroken(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name]) => name);
}

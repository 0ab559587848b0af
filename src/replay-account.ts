import { decideLocally } from '../activities/decide-locally.ts';
import type { ActivityDependencies, Veil } from '../activities/dependencies.ts';
import type { LocalEngine, ModelPanel, Spend } from './analysis/engine.ts';
import type { Learned } from './analysis/learned/learned.ts';
import type { SecondRead } from './analysis/routing/find-second-read.ts';
import { reconcile } from './analysis/routing/reconcile.ts';
import type { Stores } from './create-stores.ts';
import type { Provenance, Reading } from './domain/analysis.ts';
import type { Arrival } from './domain/answer-time.ts';
import type { MessageView } from './domain/message.ts';
import type { Priority } from './domain/priority.ts';
import { ServiceError } from './domain/service-error.ts';
import { findCategory, type Taxonomy } from './domain/taxonomy.ts';

const PAGE = 200;

export interface Decided {
  readonly category: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly priority: Priority | undefined;
}

export interface ReplayedMessage {
  readonly id: string;
  readonly receivedAt: Date;
  readonly subject: string;
  readonly before: Decided;
  readonly after: Decided;
}

export interface Replay {
  /** What decided anew: the engine that was tried, in the versions that were tried. */
  readonly by: Provenance;
  /** Decided anew. */
  readonly replayed: number;
  /** Left out: not read or not decided yet. */
  readonly undecided: number;
  readonly categoryChanged: number;
  readonly priorityChanged: number;
  /** Questions that no model answered; the local decision counts for them. */
  readonly unanswered: number;
  /** Those that would be decided otherwise, newest first. */
  readonly changes: readonly ReplayedMessage[];
}

export interface ReplayParts {
  readonly stores: Pick<Stores, 'messageList' | 'messages'>;
  readonly localEngine: LocalEngine;
  readonly recallLearned: (accountId: string, view?: MessageView) => Promise<Learned | undefined>;
  /** Asked as a run would ask it; undefined: nobody is. */
  readonly model: ModelPanel | undefined;
  readonly findSecondRead: ActivityDependencies['findSecondRead'];
  readonly taxonomy: Taxonomy;
  /** undefined: the model sees the mail as it is. */
  readonly veil: Veil | undefined;
  /** Who pays for the calls; undefined: nobody counts them. */
  readonly openSpend?: (asked: SecondRead) => Spend;
  readonly signal: AbortSignal;
}

export interface ReplayScope {
  readonly accountId: string;
  readonly since: Date | undefined;
  readonly limit: number;
}

/** Decides stored messages again, newest first, and tells what would differ. It writes nothing. */
export async function replayAccount(parts: ReplayParts, scope: ReplayScope): Promise<Replay> {
  const changes: ReplayedMessage[] = [];
  let [replayed, undecided, unanswered] = [0, 0, 0];
  let by = parts.localEngine.provenanceWith(await parts.recallLearned(scope.accountId));
  for await (const row of listNewest(parts, scope)) {
    const stored = await parts.stores.messages.findAnalysis(row.id);
    if (stored === undefined) {
      undecided += 1;
      continue;
    }
    const view = await parts.stores.messages.getView(row.id);
    // As late as it was decided then: time that went by since is no change.
    const arrival = { receivedAt: row.receivedAt, now: stored.decidedAt };
    const { decided: after, answered, provenance } = await decide(parts, row, view, arrival);
    by = provenance ?? by;
    const before = toDecided(stored);
    replayed += 1;
    if (!answered) unanswered += 1;
    if (before.category === after.category && before.priority === after.priority) continue;
    changes.push({ id: row.id, receivedAt: row.receivedAt, subject: row.subject, before, after });
  }
  const count = (differs: (change: ReplayedMessage) => boolean) => changes.filter(differs).length;
  return {
    by,
    replayed,
    undecided,
    categoryChanged: count(({ before, after }) => before.category !== after.category),
    priorityChanged: count(({ before, after }) => before.priority !== after.priority),
    unanswered,
    changes,
  };
}

async function* listNewest({ stores }: ReplayParts, { accountId, since, limit }: ReplayScope) {
  let after: { receivedAt: Date; id: string } | undefined;
  for (let left = limit; left > 0; ) {
    const asked = Math.min(PAGE, left);
    const rows = await stores.messageList.list({ accountId, limit: asked, ...(after && { after }) });
    for (const row of rows) {
      if (since !== undefined && row.receivedAt < since) return;
      yield row;
      after = row;
    }
    if (rows.length < asked) return;
    left -= rows.length;
  }
}

async function decide(
  parts: ReplayParts,
  { id, accountId }: { readonly id: string; readonly accountId: string },
  view: MessageView,
  arrival: Arrival,
): Promise<{ decided: Decided; answered: boolean; provenance?: Provenance }> {
  const { localEngine, recallLearned, model, veil, signal } = parts;
  const { written, reading: local } = await decideLocally(
    { localEngine, recallLearned },
    accountId,
    { view },
    undefined,
  );
  const inTime = (read: Reading): Reading => ({
    ...read,
    priority: localEngine.hurry(written, read, arrival),
  });
  const category = findCategory(parts.taxonomy, local.classification.category);
  const asked = view.automatic.kind === 'person' ? parts.findSecondRead(inTime(local), category) : undefined;
  if (model === undefined || asked === undefined)
    return { decided: toDecided(inTime(local)), answered: true };
  const shown = veil?.hide(id, written);
  try {
    const { reading, provenance } = await model.analyse(
      shown?.view ?? written,
      signal,
      parts.openSpend?.(asked),
    );
    return { decided: toDecided(inTime(reconcile(local, reading))), answered: true, provenance };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { decided: toDecided(inTime(local)), answered: false };
  }
}

function toDecided({ classification, priority }: Pick<Reading, 'classification' | 'priority'>): Decided {
  return {
    category: classification.category,
    confidence: classification.confidence,
    priority: priority.priority,
  };
}

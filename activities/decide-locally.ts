import type { LocalEngine } from '../src/analysis/engine.ts';
import type { Learned } from '../src/analysis/learned/learned.ts';
import type { Classification, PriorityDecision, Provenance, Reading } from '../src/domain/analysis.ts';
import type { Arrival } from '../src/domain/answer-time.ts';
import { asWritten } from '../src/domain/forwarded-from.ts';
import type { MessageView } from '../src/domain/message.ts';
import { classifyLocally } from './classify-locally.ts';
import type { ActivityDependencies, Deciders } from './dependencies.ts';
import type { Remembered } from './message-memory.ts';

export interface LocalDecision {
  /** The message as its author wrote it: what was decided about. */
  readonly written: MessageView;
  readonly reading: Reading;
  readonly provenance: Provenance;
}

/** What the local engine makes of a message, helped by what the account was taught; what is known already stays. Without `arrival` no time runs. */
export async function decideLocally(
  { localEngine, recallLearned }: Pick<ActivityDependencies, 'recallLearned'> & Pick<Deciders, 'localEngine'>,
  accountId: string,
  known: Omit<Remembered, 'account' | 'receivedAt'>,
  arrival: Arrival | undefined,
): Promise<LocalDecision> {
  const written = asWritten(known.view);
  const learned = await recallLearned(accountId, written);
  const classification = known.classification ?? classifyLocally(localEngine, known, learned);
  const priority =
    known.priority ?? prioritizeLocally(localEngine, { written, classification, learned }, arrival);
  const summary = known.summary ?? localEngine.summarize(written);
  return {
    written,
    reading: { classification, priority, summary },
    provenance: localEngine.provenanceWith(learned),
  };
}

interface Classified {
  readonly written: MessageView;
  readonly classification: Classification;
  readonly learned: Learned | undefined;
}

/** How pressing it is, and by when it is to be answered; without `arrival` no time runs. */
export function prioritizeLocally(
  localEngine: LocalEngine,
  { written, classification, learned }: Classified,
  arrival: Arrival | undefined,
): PriorityDecision {
  const priority = localEngine.prioritize(written, classification, learned);
  return arrival === undefined ? priority : localEngine.hurry(written, { classification, priority }, arrival);
}

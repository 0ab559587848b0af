import type { Provenance, Reading } from '../src/domain/analysis.ts';
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

/** What the local engine makes of a message, helped by what the account was taught; what is known already stays. */
export async function decideLocally(
  { localEngine, recallLearned }: Pick<ActivityDependencies, 'recallLearned'> & Pick<Deciders, 'localEngine'>,
  accountId: string,
  known: Omit<Remembered, 'account'>,
): Promise<LocalDecision> {
  const written = asWritten(known.view);
  const learned = await recallLearned(accountId, written);
  const classification = known.classification ?? classifyLocally(localEngine, known, learned);
  const priority = known.priority ?? localEngine.prioritize(written, classification, learned);
  const summary = known.summary ?? localEngine.summarize(written);
  return {
    written,
    reading: { classification, priority, summary },
    provenance: localEngine.provenanceWith(learned),
  };
}

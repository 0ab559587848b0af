import type { Provenance, Reading } from '../src/domain/analysis.ts';
import { asWritten } from '../src/domain/forwarded-from.ts';
import type { MessageView } from '../src/domain/message.ts';
import type { ActivityDependencies, Deciders } from './dependencies.ts';

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
  { view, ...known }: Partial<Reading> & { readonly view: MessageView },
): Promise<LocalDecision> {
  const learned = await recallLearned(accountId);
  const written = asWritten(view);
  const classification = known.classification ?? localEngine.classify(written, learned);
  const priority = known.priority ?? localEngine.prioritize(written, classification, learned);
  const summary = known.summary ?? localEngine.summarize(written);
  return {
    written,
    reading: { classification, priority, summary },
    provenance: localEngine.provenanceWith(learned),
  };
}

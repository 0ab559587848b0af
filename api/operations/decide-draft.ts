import type { DraftRow } from '../../db/draft-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/**
 * Takes a decision to the run that waits for it. The same decision twice is harmless, another one a Conflict. One that
 * is on record is told again: the worker may have died before its run heard of it.
 */
export async function decideDraft(
  deps: Pick<ApiDependencies, 'drafts' | 'controls'>,
  draftId: string,
  verdict: 'approve' | 'reject',
  { hash, by }: { readonly hash: string; readonly by: string },
): Promise<DraftRow> {
  const draft = await deps.drafts.get(draftId);
  if (draft.hash !== hash) {
    throw new ServiceError('Conflict', 'The draft was changed after you saw it', {
      fix: `Read it again (GET /api/drafts/${draftId}) and decide with its present hash.`,
    });
  }
  const repeated = draft.state === (verdict === 'approve' ? 'approved' : 'rejected');
  if (!repeated && draft.state !== 'pending') {
    throw new ServiceError('Conflict', `The draft is ${draft.state} already`, {
      fix: 'Nothing can be done.',
    });
  }
  const ref = { accountId: draft.accountId, messageId: draft.messageId };
  try {
    await deps.controls.decideDraft(ref, { draftId, hash, verdict, by });
  } catch (error) {
    const refused = error instanceof ServiceError && error.type === 'Conflict';
    if (!repeated || !refused) throw error;
    const status = await deps.controls.findMessageStatus(ref);
    if (status?.waitingFor === 'approval') throw error;
  }
  return deps.drafts.get(draftId);
}

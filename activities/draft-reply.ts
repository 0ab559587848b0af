import type { DraftFacts, MessageRef } from '../src/contract/activities.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { recall } from './recall.ts';

/** Proposes an answer when the category asks for one and somebody is there to be answered. */
export async function draftReply(
  deps: ActivityDependencies,
  { accountId, messageId }: MessageRef,
): Promise<DraftFacts> {
  const known = await recall(deps, accountId, messageId);
  const { classification, summary } =
    known.classification !== undefined && known.summary !== undefined
      ? known
      : await deps.messages.getAnalysis(messageId);
  const category = findCategory(deps.taxonomy, classification?.category ?? '');
  if (category === undefined) return nothing('its category is no longer in the taxonomy');
  const reply = deps.writeReply({ view: known.view, account: known.account, category, summary });
  if ('refusal' in reply) return nothing(reply.refusal);
  const unattended = category.reply === 'auto' && deps.sender !== undefined;
  const draft = await deps.drafts.propose({
    ...reply,
    id: `draft-${messageId}`,
    messageId,
    accountId,
    state: unattended ? 'approved' : 'pending',
    automatic: unattended,
  });
  if (draft.state === 'rejected' || draft.state === 'expired') {
    return nothing(`an earlier draft was ${draft.state}`);
  }
  const pending = draft.state === 'pending';
  return {
    draftId: draft.id,
    hash: draft.hash,
    approval: pending ? 'person' : 'none',
    why: pending ? 'a person approves' : 'approved',
  };
}

function nothing(why: string): DraftFacts {
  return { draftId: undefined, hash: undefined, approval: 'person', why };
}

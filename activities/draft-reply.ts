import type { DraftFacts, MessageRef } from '../src/contract/activities.ts';
import { type Classification, type PriorityDecision, whyPerson } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import { type Category, findCategory } from '../src/domain/taxonomy.ts';
import { hasInjection, isFlagged, isReadInPart } from '../src/domain/threat.ts';
import { withChosenCategory } from './classify-locally.ts';
import type { ActivityDependencies, ReplyDraft } from './dependencies.ts';
import { recall } from './recall.ts';

/** Proposes an answer when the category asks for one and somebody is there to be answered. */
export async function draftReply(
  deps: ActivityDependencies,
  { accountId, messageId }: MessageRef,
): Promise<DraftFacts> {
  const known = await recall(deps, accountId, messageId);
  const { priority, summary, ...decided } =
    known.classification !== undefined && known.priority !== undefined && known.summary !== undefined
      ? known
      : await deps.messages.getAnalysis(messageId);
  // Asked anew: a person may have chosen since the run began.
  const { chosenCategory } = await deps.messages.findChosen(messageId);
  const classification = decided.classification && withChosenCategory(decided.classification, chosenCategory);
  const { taxonomy, writeReply } = await deps.getDeciders(accountId);
  const category = findCategory(taxonomy, classification?.category ?? '');
  if (category === undefined) return nothing('its category is no longer in the taxonomy');
  // The step was planned by what was decided then; another worker may have decided anew.
  if (category.reply === 'off' && !hasInjection(known.view.threat))
    return nothing('its category asks for no reply');
  const reply = writeReply({ view: known.view, account: known.account, category, summary });
  if ('refusal' in reply) return nothing(reply.refusal);
  const unattended =
    deps.sender !== undefined &&
    mayGoUnattended(deps, known.view, category, { classification, priority }, reply);
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

interface Decisions {
  readonly classification: Classification | undefined;
  readonly priority: PriorityDecision | undefined;
}

/** Without a person only what is certain, and only to the one who wrote; anything else waits for one. */
function mayGoUnattended(
  deps: ActivityDependencies,
  view: MessageView,
  category: Category,
  { classification, priority }: Decisions,
  reply: ReplyDraft,
): boolean {
  if (category.reply !== 'auto' || classification === undefined || priority === undefined) return false;
  const [to, ...others] = [...reply.to, ...reply.cc];
  return (
    whyPerson({ classification, priority }) === undefined &&
    !isFlagged(view.threat) &&
    // What was not read was not judged.
    !view.incomplete &&
    !isReadInPart(view.threat) &&
    !deps.needsSecondRead(classification) &&
    // X-Auto-Response-Suppress and the like ask for no automatic answer.
    view.automatic.reasons.length === 0 &&
    others.length === 0 &&
    to?.address === view.from.address
  );
}

function nothing(why: string): DraftFacts {
  return { draftId: undefined, hash: undefined, approval: 'person', why };
}

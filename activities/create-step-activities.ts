import type { ClassifyFacts, MessageRef, StepActivities, StepPlan } from '../src/contract/activities.ts';
import type { Classification } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Pure, fast steps: each reads what the step before it wrote and may be repeated. */
export function createStepActivities(deps: ActivityDependencies): StepActivities {
  const { messages, memory, localEngine } = deps;

  return {
    async readMessage({ accountId, messageId }) {
      const stored = await messages.getSource(messageId);
      const raw = deps.sealer.open(stored.sealed, `source/bytes/${stored.sha256}`);
      const view = await deps.readView(raw);
      await messages.saveView(accountId, messageId, view);
      memory.set(messageId, { view });
      return {
        language: view.language,
        automatic: view.automatic.kind,
        attachments: view.attachments.length,
        warnings: view.warnings.length,
      };
    },

    async classifyMessage({ messageId }) {
      const view = await findView(deps, messageId);
      const classification = localEngine.classify(view);
      await messages.saveClassification(messageId, localEngine.provenance, classification, 'classify');
      memory.set(messageId, { view, classification });
      return toFacts(deps, view, classification);
    },

    async prioritizeMessage({ messageId }) {
      const view = await findView(deps, messageId);
      const known = memory.get(messageId);
      if (known?.classification !== undefined && known.consulted !== true) {
        const decision = localEngine.prioritize(view, known.classification);
        return { priority: await messages.savePriority(messageId, decision) };
      }
      const { provenance, classification, priority } = await messages.getAnalysis(messageId);
      const fromModel = provenance.engine === localEngine.provenance.engine ? undefined : priority;
      const decision = fromModel ?? localEngine.prioritize(view, classification);
      return { priority: await messages.savePriority(messageId, decision) };
    },

    async summarizeMessage({ messageId }) {
      const view = await findView(deps, messageId);
      const known = memory.get(messageId);
      if (known?.classification !== undefined && known.consulted !== true) {
        await messages.saveSummary(messageId, localEngine.summarize(view));
        return;
      }
      const { provenance, summary } = await messages.getAnalysis(messageId);
      const fromModel = provenance.engine === localEngine.provenance.engine ? undefined : summary;
      await messages.saveSummary(messageId, fromModel ?? localEngine.summarize(view));
    },

    draftReply: (ref) => draftReply(deps, ref),
  };
}

/** From memory, or from Postgres when another worker did the step before. */
export async function findView(deps: ActivityDependencies, messageId: string): Promise<MessageView> {
  return deps.memory.get(messageId)?.view ?? (await deps.messages.getView(messageId));
}

export function toFacts(
  deps: ActivityDependencies,
  view: MessageView,
  classification: Classification,
): ClassifyFacts {
  const { category, confidence } = classification;
  return { category, confidence, plan: toPlan(deps, view, classification) };
}

function toPlan(deps: ActivityDependencies, view: MessageView, classification: Classification): StepPlan {
  const category = findCategory(deps.taxonomy, classification.category);
  const fromPerson = view.automatic.kind === 'person';
  return {
    consult: deps.model !== undefined && fromPerson && deps.needsSecondRead(classification),
    sync:
      deps.odoo !== undefined &&
      fromPerson &&
      view.from.address !== '' &&
      category !== undefined &&
      category.odoo !== 'none',
    draft: fromPerson && category !== undefined && category.reply !== 'off',
  };
}

async function draftReply(deps: ActivityDependencies, { accountId, messageId }: MessageRef) {
  const nothing = (why: string) => ({
    draftId: undefined,
    hash: undefined,
    approval: 'person' as const,
    why,
  });
  const [view, analysis, account] = await Promise.all([
    findView(deps, messageId),
    deps.messages.getAnalysis(messageId),
    deps.accounts.get(accountId),
  ]);
  const category = findCategory(deps.taxonomy, analysis.classification.category);
  if (category === undefined) return nothing('its category is no longer in the taxonomy');
  const reply = deps.writeReply({ view, account, category, summary: analysis.summary });
  if ('refusal' in reply) return nothing(reply.refusal);
  const unattended = category.reply === 'auto' && deps.sender !== undefined;
  const draft = await deps.drafts.addOnce({
    ...reply,
    id: `draft-${messageId}`,
    messageId,
    accountId,
    state: unattended ? 'approved' : 'pending',
    automatic: unattended,
  });
  if (draft.state === 'rejected' || draft.state === 'expired')
    return nothing(`an earlier draft was ${draft.state}`);
  const pending = draft.state === 'pending';
  if (pending) await deps.messages.recordStage(messageId, 'approval', 'awaiting-approval');
  return {
    draftId: draft.id,
    hash: draft.hash,
    approval: pending ? ('person' as const) : ('none' as const),
    why: pending ? 'a person approves' : 'approved',
  };
}

import type { StepActivities } from '../src/contract/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { draftReply } from './draft-reply.ts';
import { planSteps } from './plan-steps.ts';
import { recall } from './recall.ts';

/** Pure, fast steps: each reads what the step before it wrote and may be repeated. */
export function createStepActivities(deps: ActivityDependencies): StepActivities {
  const { messages, memory, localEngine } = deps;

  return {
    async readMessage({ accountId, messageId }) {
      const { sealed, sha256, account } = await messages.getSource(messageId);
      const view = await deps.readView(deps.sealer.open(sealed, `source/bytes/${sha256}`));
      const ended = await messages.saveView(accountId, messageId, view);
      if (ended === undefined) memory.set(messageId, { view, account });
      return {
        language: view.language,
        automatic: view.automatic.kind,
        attachments: view.attachments.length,
        warnings: view.warnings.length,
        ...(ended !== undefined && { ended }),
      };
    },

    async classifyMessage({ accountId, messageId }) {
      const known = await recall(deps, accountId, messageId);
      const learned = await deps.recallLearned(accountId);
      const classification = localEngine.classify(known.view, learned);
      const provenance = localEngine.provenanceWith(learned);
      await messages.saveClassification(messageId, provenance, classification, 'classify');
      const facts = planSteps(deps, known.view, classification);
      const { view, account } = known;
      // What a model may still change is not remembered: another worker may be the one that asks it.
      memory.set(messageId, facts.plan.consult ? { view, account } : { view, account, classification });
      return facts;
    },

    async prioritizeMessage({ accountId, messageId }) {
      const { view, classification } = await recall(deps, accountId, messageId);
      const learned = await deps.recallLearned(accountId);
      if (classification !== undefined) {
        const decision = localEngine.prioritize(view, classification, learned);
        return { priority: await messages.savePriority(messageId, decision) };
      }
      const stored = await messages.getAnalysis(messageId);
      const fromModel =
        stored.provenance.engine === localEngine.provenance.engine ? undefined : stored.priority;
      const decision = fromModel ?? localEngine.prioritize(view, stored.classification, learned);
      return { priority: await messages.savePriority(messageId, decision) };
    },

    async summarizeMessage({ accountId, messageId }) {
      const known = await recall(deps, accountId, messageId);
      if (known.classification !== undefined) {
        const summary = localEngine.summarize(known.view);
        const findings = localEngine.assess(known.view, known.classification);
        await messages.saveSummary(messageId, summary, findings);
        memory.set(messageId, { ...known, summary });
        return;
      }
      const { provenance, classification, summary } = await messages.getAnalysis(messageId);
      const fromModel = provenance.engine === localEngine.provenance.engine ? undefined : summary;
      const told = fromModel ?? localEngine.summarize(known.view);
      await messages.saveSummary(messageId, told, localEngine.assess(known.view, classification));
    },

    draftReply: (ref) => draftReply(deps, ref),
  };
}

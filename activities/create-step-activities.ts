import type { StepActivities } from '../src/contract/activities.ts';
import { asWritten, keepStaffForward } from '../src/domain/forwarded-from.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { draftReply } from './draft-reply.ts';
import type { Remembered } from './message-memory.ts';
import { planSteps } from './plan-steps.ts';
import { recall } from './recall.ts';

/**
 * Pure, fast steps that may be repeated. What the local engine decides is put on record once, with the summary: a worker
 * that takes over before that decides again from the stored view, and comes to the same.
 */
export function createStepActivities(deps: ActivityDependencies): StepActivities {
  const { messages, memory, localEngine } = deps;

  /** What a model has put on record; whatever is remembered was decided here, so that Postgres need not be asked. */
  const findConsulted = (messageId: string, known: Remembered) =>
    known.classification === undefined ? messages.findAnalysis(messageId) : Promise.resolve(undefined);

  return {
    async readMessage({ accountId, messageId }) {
      const { sealed, sha256, account } = await messages.getSource(messageId);
      const read = await deps.readView(deps.sealer.open(sealed, `source/bytes/${sha256}`), account);
      const view = keepStaffForward(read, account.address);
      const { ended, chosenPriority } = await messages.saveView(accountId, messageId, view);
      if (ended === undefined) memory.set(messageId, { view, account, chosenPriority });
      return {
        language: view.language,
        automatic: view.automatic.kind,
        attachments: view.attachments.length,
        warnings: view.warnings.length,
        ...(ended !== undefined && { ended }),
      };
    },

    async classifyMessage({ accountId, messageId }) {
      const { view, account, chosenPriority } = await recall(deps, accountId, messageId);
      const learned = await deps.recallLearned(accountId);
      const classification = localEngine.classify(asWritten(view), learned);
      const facts = planSteps(deps, view, classification);
      // What a model may still change is not remembered: another worker may be the one that asks it.
      const decided = facts.plan.consult ? {} : { classification };
      memory.set(messageId, { view, account, chosenPriority, ...decided });
      return facts;
    },

    async prioritizeMessage({ accountId, messageId }) {
      const known = await recall(deps, accountId, messageId);
      const consulted = await findConsulted(messageId, known);
      if (consulted !== undefined) {
        return { priority: consulted.effectivePriority ?? consulted.priority.priority };
      }
      const learned = await deps.recallLearned(accountId);
      const written = asWritten(known.view);
      const classification = known.classification ?? localEngine.classify(written, learned);
      const priority = localEngine.prioritize(written, classification, learned);
      memory.set(messageId, { ...known, classification, priority });
      return { priority: known.chosenPriority ?? priority.priority };
    },

    async summarizeMessage({ accountId, messageId }) {
      const known = await recall(deps, accountId, messageId);
      if ((await findConsulted(messageId, known)) !== undefined) return;
      const learned = await deps.recallLearned(accountId);
      const written = asWritten(known.view);
      const classification = known.classification ?? localEngine.classify(written, learned);
      const priority = known.priority ?? localEngine.prioritize(written, classification, learned);
      const reading = { classification, priority, summary: localEngine.summarize(written) };
      const findings = localEngine.assess(written, classification);
      const provenance = localEngine.provenanceWith(learned);
      await messages.saveReading(messageId, provenance, { ...reading, findings }, 'summarize');
      memory.set(messageId, { ...known, ...reading });
    },

    draftReply: (ref) => draftReply(deps, ref),
  };
}

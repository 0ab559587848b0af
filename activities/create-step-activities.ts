import type { StepActivities } from '../src/contract/activities.ts';
import { asWritten } from '../src/domain/forwarded-from.ts';
import { classifyLocally } from './classify-locally.ts';
import { decideLocally, prioritizeLocally } from './decide-locally.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { draftReply } from './draft-reply.ts';
import { memoryKey, type Remembered } from './message-memory.ts';
import { mayConsult, planSteps } from './plan-steps.ts';
import { readSource } from './read-source.ts';

/**
 * Pure, fast steps that may be repeated. What was read and decided here is put on record once, with the summary: a worker
 * that takes over before that reads the source again, and comes to the same. Only for a model it is stored before.
 */
export function createStepActivities(deps: ActivityDependencies): StepActivities {
  const { messages, memory } = deps;

  const recallOrRead = async (messageId: string): Promise<Remembered> =>
    memory.get(memoryKey(messageId)) ?? (await readSource(deps, messageId));

  const arrivalOf = ({ receivedAt }: Remembered) => ({ receivedAt, now: deps.now() });

  return {
    async readMessage({ accountId, messageId }) {
      const { ended, marks, ...read } = await readSource(deps, messageId);
      if (ended === undefined) memory.set(memoryKey(messageId), read);
      const { view } = read;
      const { bounce } = view.automatic;
      if (bounce !== undefined) await deps.bounces.record(accountId, messageId, bounce);
      return {
        language: view.language,
        automatic: view.automatic.kind,
        attachments: view.attachments.length,
        warnings: view.warnings.length,
        ...(ended !== undefined && { ended }),
        ...(marks && { marks }),
      };
    },

    async classifyMessage({ accountId, messageId }) {
      const known = await recallOrRead(messageId);
      const { view, account, receivedAt, chosenPriority, chosenCategory } = known;
      const written = asWritten(view);
      const deciders = await deps.getDeciders(accountId);
      const learned = await deps.recallLearned(accountId, written);
      const { localEngine } = deciders;
      const classification = classifyLocally(localEngine, known, learned);
      // How pressing it is counts here only where a model could be asked.
      const priority = mayConsult(deciders, view, chosenCategory)
        ? prioritizeLocally(localEngine, { written, classification, learned }, arrivalOf(known))
        : undefined;
      const facts = planSteps({ ...deps, ...deciders }, { view, classification, priority });
      if (facts.plan.consult) await messages.saveView(accountId, messageId, view);
      // What a model may still change is not remembered: another worker may be the one that asks it.
      const decided = facts.plan.consult ? {} : { classification, ...(priority && { priority }) };
      const kept = { view, account, receivedAt, chosenPriority, chosenCategory };
      memory.set(memoryKey(messageId), { ...kept, ...decided });
      return facts;
    },

    async prioritizeMessage({ accountId, messageId, consulted }) {
      if (consulted) {
        const decided = await messages.getAnalysis(messageId);
        return { priority: decided.effectivePriority ?? decided.priority.priority };
      }
      const known = await recallOrRead(messageId);
      const deciders = await deps.getDeciders(accountId);
      const { reading } = await decideLocally({ ...deps, ...deciders }, accountId, known, arrivalOf(known));
      memory.set(memoryKey(messageId), { ...known, ...reading });
      return { priority: known.chosenPriority ?? reading.priority.priority };
    },

    async summarizeMessage({ accountId, messageId, consulted }) {
      if (consulted) return messages.findEnd(messageId);
      const known = await recallOrRead(messageId);
      const deciders = await deps.getDeciders(accountId);
      const arrival = arrivalOf(known);
      const local = await decideLocally({ ...deps, ...deciders }, accountId, known, arrival);
      const { written, provenance } = local;
      const reading = deps.settleDoubts(known.view, local.reading);
      const findings = deciders.localEngine.assess(written, reading.classification);
      const decided = { provenance, ...reading, findings };
      if (!(await messages.saveView(accountId, messageId, known.view, decided)))
        return messages.findEnd(messageId);
      memory.set(memoryKey(messageId), { ...known, ...reading });
      return undefined;
    },

    draftReply: (ref) => draftReply(deps, ref),
  };
}

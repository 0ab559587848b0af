import { Context, log } from '@temporalio/activity';
import type { ModelActivities } from '../src/contract/activities.ts';
import type { Provenance, Reading } from '../src/domain/analysis.ts';
import { isBudgetSpent } from '../src/domain/model-budget.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { withChosenCategory } from './classify-locally.ts';
import { decideLocally } from './decide-locally.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';
import { memoryKey } from './message-memory.ts';
import { planSteps } from './plan-steps.ts';
import { recall } from './recall.ts';

/** A model that asks to wait longer than this is done without. */
const LONGEST_WAIT_MS = 30_000;

/** A second read of what the local engine is unsure of. Without the model the local decision stands. */
export function createModelActivities(deps: ActivityDependencies): ModelActivities {
  return {
    async consultModel({ accountId, messageId }) {
      const deciders = await deps.getDeciders(accountId);
      const { model, localEngine } = deciders;
      const { view, account, chosenCategory } = await recall(deps, accountId, messageId);
      const {
        written,
        reading: local,
        provenance: own,
      } = await decideLocally({ ...deps, localEngine }, accountId, { view });
      const save = async (reading: Reading, provenance: Provenance) => {
        // A person may have chosen while the model was asked.
        const chosen = await deps.messages.findChosen(messageId);
        const classification = withChosenCategory(reading.classification, chosen.chosenCategory);
        const findings = localEngine.assess(written, classification);
        const decided = { ...reading, classification, findings, provenance };
        await deps.messages.saveDecided(messageId, decided, 'consult');
        deps.memory.set(memoryKey(messageId), { view, account, ...chosen });
        return planSteps({ ...deps, ...deciders }, view, classification, chosen.chosenCategory);
      };
      if (model === undefined || chosenCategory !== undefined) return save(local, own);
      let answer: Awaited<ReturnType<typeof model.analyse>>;
      try {
        const owner = await deps.accounts.get(accountId);
        const { modelSeesPii = false } = owner;
        const budget = deps.openBudget(owner);
        const shown = modelSeesPii ? undefined : deps.veil.hide(messageId, written);
        answer = await withHeartbeat((signal) => model.analyse(shown?.view ?? written, signal, budget));
        if (shown !== undefined) answer = { ...answer, reading: shown.restore(answer.reading) };
      } catch (error) {
        if (!(error instanceof ServiceError) || isWorthAnother(error)) throw error;
        log.warn('No model could be asked; the local decision stands', {
          type: error.type,
          ...error.details,
        });
        return save(withNote(local, error), own);
      }
      return save(deps.reconcile(local, answer.reading), withRules(answer.provenance, own));
    },
  };
}

/** The rules had their part in it: the local read is one of the two. */
function withRules(model: Provenance, { ruleVersion }: Provenance): Provenance {
  return ruleVersion === undefined ? model : { ...model, ruleVersion };
}

function isWorthAnother(error: ServiceError): boolean {
  const { attempt } = Context.current().info;
  if (error.type === 'OutputInvalid') return attempt < 2;
  return error.type === 'RateLimited' && attempt < 3 && (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

function withNote(local: Reading, error: ServiceError): Reading {
  const why = isBudgetSpent(error)
    ? 'the budget of the day is spent'
    : `the model could not be asked (${error.type})`;
  const reason = { text: `no second read: ${why}`, weight: 0 };
  const { classification } = local;
  return { ...local, classification: { ...classification, reasons: [...classification.reasons, reason] } };
}

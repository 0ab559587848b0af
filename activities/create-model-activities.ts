import { Context, log } from '@temporalio/activity';
import type { SecondRead } from '../src/analysis/routing/find-second-read.ts';
import type { ModelActivities } from '../src/contract/activities.ts';
import type { Provenance, Reading } from '../src/domain/analysis.ts';
import { isBudgetSpent } from '../src/domain/model-budget.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import { withChosenCategory } from './classify-locally.ts';
import { decideLocally } from './decide-locally.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';
import { memoryKey } from './message-memory.ts';
import { planSteps } from './plan-steps.ts';
import { recall } from './recall.ts';
import { withinWait } from './within-wait.ts';

/** A model that asks to wait longer than this is done without. */
const LONGEST_WAIT_MS = 30_000;

/** A second read of what the local engine is unsure of. Without the model the local decision stands. */
export function createModelActivities(deps: ActivityDependencies): ModelActivities {
  return {
    async consultModel({ accountId, messageId }) {
      const deciders = await deps.getDeciders(accountId);
      const { model, localEngine, taxonomy } = deciders;
      const { view, account, chosenCategory, receivedAt } = await recall(deps, accountId, messageId);
      const {
        written,
        reading: local,
        provenance: own,
      } = await decideLocally({ ...deps, localEngine }, accountId, { view }, undefined);
      // What a model says of a priority it says without knowing of answer times: they count after both reads.
      const inTime = (read: Reading): Reading => ({
        ...read,
        priority: localEngine.hurry(written, read, { receivedAt, now: deps.now() }),
      });
      const save = async (read: Reading, provenance: Provenance) => {
        // A person may have chosen while the model was asked; the answer time is that of the category in force.
        const chosen = await deps.messages.findChosen(messageId);
        const inForce = withChosenCategory(read.classification, chosen.chosenCategory);
        const reading = deps.settleDoubts(view, inTime({ ...read, classification: inForce }));
        const { classification } = reading;
        const findings = localEngine.assess(written, classification);
        const decided = { ...reading, findings, provenance };
        await deps.messages.saveDecided(messageId, decided, 'consult');
        deps.memory.set(memoryKey(messageId), { view, account, receivedAt, ...chosen });
        return planSteps({ ...deps, ...deciders }, { view, classification, priority: undefined });
      };
      if (model === undefined || chosenCategory !== undefined) return save(local, own);
      const asked = deps.findSecondRead(inTime(local), findCategory(taxonomy, local.classification.category));
      let answer: Awaited<ReturnType<typeof model.analyse>>;
      try {
        const owner = await deps.accounts.get(accountId);
        const { modelSeesPii = false } = owner;
        const budget = deps.openBudget(owner, asked);
        const shown = modelSeesPii ? undefined : deps.veil.hide(messageId, written);
        answer = await withHeartbeat((signal) =>
          model.analyse(shown?.view ?? written, withinWait(signal, asked, deps.now()), budget),
        );
        if (shown !== undefined) answer = { ...answer, reading: shown.restore(answer.reading) };
      } catch (error) {
        if (!(error instanceof ServiceError) || isWorthAnother(error, asked)) throw error;
        log.warn('No model could be asked; the local decision stands', {
          type: error.type,
          ...error.details,
        });
        return save(withReason(local, toNote(asked, error)), own);
      }
      const read = deps.reconcile(local, answer.reading);
      const reasoned =
        asked === undefined ? read : withReason(read, `a model was asked, because ${asked.because}`);
      return save(reasoned, withLocal(answer.provenance, own));
    },
  };
}

/** The local read, its rules and what it was taught, is one of the two. */
function withLocal(model: Provenance, { engineVersion, ruleVersion }: Provenance): Provenance {
  return { ...model, localVersion: engineVersion, ...(ruleVersion !== undefined && { ruleVersion }) };
}

function isWorthAnother(error: ServiceError, asked: SecondRead | undefined): boolean {
  if (asked?.isUndecided === false) return false;
  const { attempt } = Context.current().info;
  if (error.type === 'OutputInvalid') return attempt < 2;
  return error.type === 'RateLimited' && attempt < 3 && (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

/** Why nobody gave a second read to what was to get one. */
function toNote(asked: SecondRead | undefined, error: ServiceError): string {
  if (!isBudgetSpent(error)) {
    return asked?.isUndecided === false
      ? `no second read, although ${asked.because}: no model answered in the time it could wait (${error.type})`
      : `no second read: the model could not be asked (${error.type})`;
  }
  if (asked === undefined || asked.isUndecided) return 'no second read: the budget of the day is spent';
  return `no second read, although ${asked.because}: what is left of the day's budget is kept for undecided mail`;
}

function withReason(read: Reading, text: string): Reading {
  const { classification } = read;
  const reasons = [...classification.reasons, { text, weight: 0 }];
  return { ...read, classification: { ...classification, reasons } };
}

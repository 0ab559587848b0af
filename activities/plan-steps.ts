import type { ClassifyFacts, StepPlan } from '../src/contract/activities.ts';
import type { Classification } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import { hasInjection } from '../src/domain/threat.ts';
import type { ActivityDependencies, Deciders } from './dependencies.ts';

type PlanningDependencies = Pick<ActivityDependencies, 'needsSecondRead' | 'odoo'> &
  Pick<Deciders, 'model' | 'taxonomy'>;

/** Which further steps the message needs, from its category and what this process is configured for. */
export function planSteps(
  deps: PlanningDependencies,
  view: MessageView,
  classification: Classification,
  chosenCategory: string | undefined,
): ClassifyFacts {
  const { category, confidence } = classification;
  const plan = toPlan(deps, view, classification);
  // A person's word needs no second read.
  return { category, confidence, plan: { ...plan, consult: plan.consult && chosenCategory === undefined } };
}

function toPlan(deps: PlanningDependencies, view: MessageView, classification: Classification): StepPlan {
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
    // Orders to the machine often say "this needs no reply": such a message ends with a person, who sees a draft.
    draft: fromPerson && category !== undefined && (category.reply !== 'off' || hasInjection(view.threat)),
  };
}

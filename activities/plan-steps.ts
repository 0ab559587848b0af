import type { ClassifyFacts, StepPlan } from '../src/contract/activities.ts';
import type { Classification, PriorityDecision } from '../src/domain/analysis.ts';
import type { MessageView } from '../src/domain/message.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import { hasInjection } from '../src/domain/threat.ts';
import type { ActivityDependencies, Deciders } from './dependencies.ts';

type PlanningDependencies = Pick<ActivityDependencies, 'findSecondRead' | 'odoo'> &
  Pick<Deciders, 'model' | 'taxonomy'>;

interface Read {
  readonly view: MessageView;
  readonly classification: Classification;
  /** undefined: nobody will be asked for a second read. */
  readonly priority: PriorityDecision | undefined;
}

/** True when a model may be asked about the message at all: somebody wrote it, and no person has said what it is. */
export function mayConsult(
  { model }: Pick<Deciders, 'model'>,
  view: MessageView,
  chosenCategory: string | undefined,
): boolean {
  return model !== undefined && view.automatic.kind === 'person' && chosenCategory === undefined;
}

/** Which further steps the message needs, from what was decided and what this process is configured for. */
export function planSteps(deps: PlanningDependencies, read: Read): ClassifyFacts {
  const { category, confidence } = read.classification;
  return { category, confidence, plan: toPlan(deps, read) };
}

function toPlan(deps: PlanningDependencies, { view, classification, priority }: Read): StepPlan {
  const category = findCategory(deps.taxonomy, classification.category);
  const fromPerson = view.automatic.kind === 'person';
  return {
    consult:
      priority !== undefined && deps.findSecondRead({ classification, priority }, category) !== undefined,
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

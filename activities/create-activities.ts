import type { LocalActivities, NetworkActivities } from '../src/contract/activities.ts';
import type { Queue } from '../src/contract/queues.ts';
import { createMailboxActivities } from './create-mailbox-activities.ts';
import { createModelActivities } from './create-model-activities.ts';
import { createOdooActivities } from './create-odoo-activities.ts';
import { createRecordActivities } from './create-record-activities.ts';
import { createSendActivities } from './create-send-activities.ts';
import { createStepActivities } from './create-step-activities.ts';
import { createUpkeepActivities } from './create-upkeep-activities.ts';
import { createWatchActivities } from './create-watch-activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { translateFailures } from './translate-failures.ts';

export type ActivitiesByQueue = { readonly main: LocalActivities } & {
  readonly [Q in Exclude<Queue, 'main'>]: Partial<NetworkActivities>;
};

/** Every activity, by the queue that it runs on. */
export function createActivities(deps: ActivityDependencies): ActivitiesByQueue {
  return {
    main: translateFailures({ ...createStepActivities(deps), ...createRecordActivities(deps) }),
    mailbox: translateFailures(createMailboxActivities(deps)),
    upkeep: translateFailures(createUpkeepActivities(deps)),
    watch: translateFailures(createWatchActivities(deps)),
    model: translateFailures(createModelActivities(deps)),
    odoo: translateFailures(createOdooActivities(deps)),
    send: translateFailures(createSendActivities(deps)),
  };
}

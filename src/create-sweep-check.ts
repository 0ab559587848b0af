import { type Client, WorkflowFailedError } from '@temporalio/client';
import type { HealthCheck } from '../api/dependencies.ts';
import { rememberFor } from '../api/remember-for.ts';
import type { SweepMessagesInput, SweepMessagesResult } from './contract/sweep-messages.ts';
import { SWEEP_SCHEDULE_ID } from './contract/workflow-ids.ts';
import { ServiceError } from './domain/service-error.ts';
import { ifThere } from './temporal/if-there.ts';

type Sweep = (input?: SweepMessagesInput) => Promise<SweepMessagesResult>;

/** Health is asked for every second by some; a sweep is minutes apart. */
const KEPT_MS = 10_000;
const LIMIT_MS = 2_000;

/** When the latest sweep was and how many messages it started again. */
export function createSweepCheck(client: Client): HealthCheck {
  const describe = rememberFor(KEPT_MS, () =>
    client.withDeadline(Date.now() + LIMIT_MS, () => describeLatest(client)),
  );
  return { name: 'sweep', required: false, check: describe };
}

async function describeLatest(client: Client): Promise<string> {
  const found = await ifThere(() => client.schedule.getHandle(SWEEP_SCHEDULE_ID).describe());
  if (found === undefined || found.state.paused) {
    const what = found === undefined ? 'is not there' : 'is paused';
    throw new ServiceError('NotFound', `The schedule that starts lost messages again ${what}`, {
      fix: 'Run `npm run mailroom -- temporal apply`.',
    });
  }
  const running = new Set(found.info.runningActions.map(({ workflow }) => workflow.workflowId));
  const ended = found.info.recentActions.filter(({ action }) => !running.has(action.workflow.workflowId));
  const latest = ended.at(-1);
  if (latest === undefined) return 'none has ended yet';
  const { workflowId } = latest.action.workflow;
  const { started } = await client.workflow.getHandle<Sweep>(workflowId).result().catch(toFailure);
  return `latest ${latest.takenAt.toISOString().slice(0, 19)}Z, ${started} started again`;
}

function toFailure(error: unknown): never {
  if (!(error instanceof WorkflowFailedError)) throw error;
  throw new ServiceError('Unavailable', 'The latest sweep failed', {
    fix: 'Its run in the Temporal Web UI says why; the next one starts by itself.',
    cause: error,
  });
}

import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivitiesByQueue } from '../../../activities/create-activities.ts';
import { type MessageMemory, memoryKey } from '../../../activities/message-memory.ts';

/** not recorded: it did its work and died before it could say so. not begun: it died with the task in its hands. */
export type ActivityCut = 'not recorded' | 'not begun' | 'sent';

export interface ActivityCuts {
  /** From now on this befalls the first attempt of every activity of the account; undefined: nothing. */
  set(accountId: string, cut: ActivityCut | undefined): void;
  /** What befalls a run now. */
  find(workflowId: string): ActivityCut | undefined;
  /** Calls back once, when that activity of the account has done its work and the server has not heard of it. */
  onceDone(accountId: string, name: string, call: () => Promise<void>): void;
  /** From now on that activity of the account is done so: wrongly, for a test to find it out. */
  plant(accountId: string, name: string, wrong: Wrong): void;
  /** Names of the activities that were cut at least once, and how. */
  readonly done: Set<string>;
  /** The runs that did anything, by the id of their workflow. */
  readonly runs: Map<string, Set<string>>;
  wrap(activities: ActivitiesByQueue, memory: MessageMemory): ActivitiesByQueue;
}

type Run = (request: { readonly messageId?: string }) => Promise<unknown>;
/** In place of an activity; `right` is what it does. */
export type Wrong = (right: () => Promise<unknown>) => Promise<unknown>;

/** Waits for as long as the account is watched: it has no end to be cut before. */
const ENDLESS = 'watchMailbox';

/** A worker that dies at the boundary of each activity once, as far as server, database and mailbox can tell. */
export function createActivityCuts(): ActivityCuts {
  const wanted = new Map<string, ActivityCut | undefined>();
  const plants = new Map<string, Wrong>();
  const calls = new Map<string, () => Promise<void>>();
  const done = new Set<string>();
  const runs = new Map<string, Set<string>>();
  const find = (workflowId: string) => wanted.get(toAccountId(workflowId));

  function wrap(activities: ActivitiesByQueue, memory: MessageMemory): ActivitiesByQueue {
    const groups = Object.entries(activities).map(([queue, group]) => {
      const wrapped = Object.entries(group as Record<string, Run>).map(([name, run]) => [
        name,
        wrapOne(name, run, memory),
      ]);
      return [queue, Object.fromEntries(wrapped)];
    });
    return Object.fromEntries(groups) as ActivitiesByQueue;
  }

  function wrapOne(name: string, run: Run, memory: MessageMemory): Run {
    return async (request) => {
      const { attempt, workflowExecution } = Context.current().info;
      const { workflowId = '', runId = '' } = workflowExecution ?? {};
      const cut = attempt === 1 && name !== ENDLESS ? find(workflowId) : undefined;
      runs.set(workflowId, (runs.get(workflowId) ?? new Set()).add(runId));
      if (cut === 'not begun') throw die(name, cut);
      const key = `${toAccountId(workflowId)}/${name}`;
      const work = () => run(request);
      // A refusal is not heard of either.
      const outcome = await (plants.get(key)?.(work) ?? work()).then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      const call = calls.get(key);
      calls.delete(key);
      await call?.();
      if (cut !== 'not recorded') return outcome();
      if (request.messageId !== undefined) memory.delete(memoryKey(request.messageId));
      throw die(name, cut);
    };
  }

  function die(name: string, cut: ActivityCut): ApplicationFailure {
    done.add(`${name} ${cut}`);
    return ApplicationFailure.create({ type: 'Unavailable', message: 'The worker died' });
  }

  return {
    set: (accountId, cut) => void wanted.set(accountId, cut),
    find,
    plant: (accountId, name, wrong) => void plants.set(`${accountId}/${name}`, wrong),
    onceDone: (accountId, name, call) => void calls.set(`${accountId}/${name}`, call),
    done,
    runs,
    wrap,
  };
}

/** Of `pull/<account>`, `message/<account>/<message>`; tests name an import after its account. */
function toAccountId(workflowId: string): string {
  return workflowId.split('/')[1] ?? '';
}

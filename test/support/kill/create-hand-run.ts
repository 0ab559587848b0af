import { setTimeout as wait } from 'node:timers/promises';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { Activities, ActivityName } from '../../../src/contract/activities.ts';
import type { AuditTotals } from '../../../src/domain/audit.ts';
import { failureOf, runActivity } from '../../activities/support/run-activity.ts';

/** As the workflows do it, one step after the other in this process: hundreds of whole pulls a minute. */
export interface HandRun {
  /** How often each message was started, by its id. */
  readonly starts: Map<string, number>;
  pull(accountId: string, batchId: string): Promise<void>;
  audit(accountId: string, auditId: string): Promise<AuditTotals>;
  mark(accountId: string): Promise<void>;
}

const MOST_TRIES = 20;
const MOST_PAGES = 50;

/**
 * An activity that fails is called again at once, or when it asked to be, as often as Temporal would. `onCall`: before the
 * first attempt of each.
 */
export function createHandRun(
  deps: ActivityDependencies,
  maxItems: number,
  onCall: () => void = () => undefined,
): HandRun {
  const starts = new Map<string, number>();

  async function insist<N extends ActivityName>(
    name: N,
    request: Parameters<Activities[N]>[0],
  ): Promise<Awaited<ReturnType<Activities[N]>>> {
    onCall();
    for (let attempt = 1; ; attempt += 1) {
      const asked = runActivity(deps, name, request, { attempt });
      const failure = await asked.then(
        () => undefined,
        () => failureOf(asked),
      );
      if (failure === undefined) return asked as Promise<Awaited<ReturnType<Activities[N]>>>;
      if (failure.nonRetryable === true || attempt >= MOST_TRIES) throw failure;
      if (failure.nextRetryDelay) await wait(Number(failure.nextRetryDelay ?? 0));
    }
  }

  async function start(accountId: string, messageIds: readonly string[]): Promise<void> {
    for (const messageId of messageIds) {
      starts.set(messageId, (starts.get(messageId) ?? 0) + 1);
      const ref = { accountId, messageId };
      const { ended } = await insist('readMessage', ref);
      if (ended !== undefined) continue;
      await insist('classifyMessage', ref);
      await insist('prioritizeMessage', { ...ref, consulted: false });
      await insist('summarizeMessage', { ...ref, consulted: false });
      await insist('settleMessage', { ...ref, outcome: 'processed', note: undefined });
    }
  }

  return {
    starts,
    async pull(accountId, batchId) {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const facts = await insist('fetchPage', { accountId, batchId, kind: 'pull', page, maxItems });
        await start(accountId, facts.messageIds);
        if (facts.push === 'subscribe') await insist('renewPush', { accountId });
        if (facts.done) return insist('finishBatch', { batchId, state: 'completed', reason: undefined });
      }
      throw new Error('The pull does not end');
    },
    async audit(accountId, auditId) {
      const audit = { accountId, auditId };
      const { missing } = await insist('auditMailbox', audit);
      for (let page = 0, isDue = missing > 0; isDue; page += 1) {
        const healed = await insist('healMailbox', { ...audit, batchId: auditId, page, maxItems });
        await start(accountId, healed.messageIds);
        isDue = !healed.done && healed.items > 0;
      }
      if (missing > 0)
        await insist('finishBatch', { batchId: auditId, state: 'completed', reason: undefined });
      return insist('finishAudit', { ...audit, failure: undefined });
    },
    async mark(accountId) {
      for (const messageId of starts.keys()) await insist('markMessage', { accountId, messageId });
    },
  };
}

import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivitiesByQueue } from '../../activities/create-activities.ts';
import type {
  ClassifyFacts,
  FetchPageFacts,
  FindOrphansFacts,
  LocalActivities,
  Orphan,
} from '../../src/contract/activities.ts';
import type { AuditTotals } from '../../src/domain/audit.ts';

const NO_TOTALS: AuditTotals = {
  ...{ listed: 0, processed: 0, unfinished: 0, skipped: 0, quarantined: 0 },
  ...{ deleted: 0, pending: 0, missing: 0, healed: 0, gone: 0 },
};
const nothing = async () => undefined;

/**
 * Activities without a mail room behind them. What a message meets is said by its id: `consult`, `sync`, `person` and `send`
 * name the steps that it needs, `broken` cannot be read, and `slow` syncs until it is cancelled.
 */
export function createFakeActivities(): ActivitiesByQueue {
  return {
    main: createLocalFakes(),
    mailbox: {
      fetchPage: async ({ accountId, page }) => fetchFakePage(accountId, page),
      findOrphans: async ({ after }) => findFakeOrphans(after?.messageId),
      renewPush: nothing,
      markMessage: nothing,
    },
    upkeep: {
      removeAccountData: async () => ({ messages: 3 }),
      async auditMailbox({ accountId }) {
        if (accountId !== 'wanted') return { missing: 2, incomplete: undefined };
        await Context.current().sleep(1_000);
        return { missing: 0, incomplete: undefined };
      },
      healMailbox: async ({ page }) => fetchFakePage('two-pages', page),
      listAuditable: async () => ['one', 'two'],
    },
    watch: { watchMailbox: async () => Context.current().info.activityId === '1' },
    model: { consultModel: async ({ messageId }) => classify(messageId) },
    odoo: {
      async syncPartner({ messageId }) {
        if (messageId.includes('slow')) await beatUntilCancelled();
        return { partnerId: 1, recordId: 2 };
      },
    },
    send: { deliverDraft: async () => ({ state: 'SENT' }) },
  };
}

function createLocalFakes(): LocalActivities {
  return {
    async readMessage({ messageId }) {
      if (messageId.includes('broken')) {
        throw ApplicationFailure.nonRetryable('The source cannot be read', 'InvalidInput');
      }
      return { language: 'en', automatic: 'person', attachments: 0, warnings: 0 };
    },
    async classifyMessage({ messageId }) {
      return classify(messageId);
    },
    prioritizeMessage: async () => ({ priority: 'NORMAL' }),
    summarizeMessage: nothing,
    async draftReply({ messageId }) {
      const approval = messageId.includes('person') ? 'person' : 'none';
      return { draftId: 'draft-1', hash: 'hash-1', approval, why: 'the category is answered' };
    },
    settleMessage: nothing,
    quarantineMessage: nothing,
    decideDraft: nothing,
    changePriority: nothing,
    recordBatchState: nothing,
    finishBatch: nothing,
    pauseAccount: nothing,
    finishAudit: async () => NO_TOTALS,
  };
}

function classify(messageId: string): ClassifyFacts {
  const needs = (...words: readonly string[]) => words.some((word) => messageId.includes(word));
  const plan = { consult: needs('consult'), sync: needs('sync', 'slow'), draft: needs('person', 'send') };
  return { category: 'order', confidence: 0.9, plan };
}

function fetchFakePage(accountId: string, page: number): FetchPageFacts {
  const counts = { items: 0, duplicates: 0, quarantined: 0 };
  const answer = (messageIds: readonly string[], done: boolean): FetchPageFacts => {
    return { ...counts, items: messageIds.length, messageIds, done };
  };
  const number = (count: number) => Array.from({ length: count }, (_, n) => `plain-${page}-${n}`);
  switch (accountId) {
    case 'refused':
      throw ApplicationFailure.nonRetryable('The server refused the password', 'AuthenticationFailed');
    case 'two-pages':
      return answer(number(2), page === 1);
    case 'pushed':
      return {
        ...answer(number(page === 0 ? 2 : 0), page > 0),
        ...(page === 0 && { push: 'watch', waitMs: 500, backfill: ['plain-0-1'] }),
        ...(page === 1 && { push: 'subscribe' }),
      };
    case 'large':
      return answer(number(8), page === 2);
    case 'slow':
      return answer(['slow-1', 'slow-2'], true);
    default:
      return answer(['plain-1', 'person-2', 'broken-3'], true);
  }
}

/** A page that is followed by another, then the last one. */
function findFakeOrphans(after: string | undefined): FindOrphansFacts {
  const orphan = (messageId: string, priority: Orphan['priority']): Orphan => {
    return { accountId: 'swept', messageId, priority };
  };
  if (after !== undefined) return { orphans: [orphan('plain-3', undefined)], next: undefined };
  const next = { parkedAt: '2026-03-01T10:00:00.000Z', messageId: 'person-2' };
  return { orphans: [orphan('plain-1', 'NORMAL'), orphan('person-2', 'HIGH')], next };
}

/** Rejects when the server says so; it is asked with each beat. */
async function beatUntilCancelled(): Promise<never> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), 200);
  try {
    return await context.cancelled;
  } finally {
    clearInterval(timer);
  }
}

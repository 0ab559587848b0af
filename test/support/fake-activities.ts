import { Context } from '@temporalio/activity';
import type { ActivitiesByQueue } from '../../activities/create-activities.ts';
import { translateFailures } from '../../activities/translate-failures.ts';
import type {
  Activities,
  ActivityName,
  FetchPageFacts,
  RecordActivities,
  StepPlan,
} from '../../src/contract/activities.ts';
import { LOCAL_ACTIVITY_NAMES, NETWORK_ACTIVITY_QUEUES } from '../../src/contract/activity-policy.ts';
import type { AuditTotals } from '../../src/domain/audit.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

export type RequestOf<N extends ActivityName> = Parameters<Activities[N]>[0];
export type AnswerOf<N extends ActivityName> = Awaited<ReturnType<Activities[N]>>;
/** `n` counts the calls with this key from 1, retries included. */
export type Behaviour<N extends ActivityName> = (request: RequestOf<N>, n: number) => Promise<AnswerOf<N>>;

export interface FakeCall {
  readonly name: ActivityName;
  readonly key: string;
  readonly request: unknown;
}

export interface Gate<N extends ActivityName> {
  /** Resolves when the first call is under way. */
  readonly entered: Promise<void>;
  open(answer: AnswerOf<N>): void;
  fail(error: Error): void;
}

export interface FakeActivities {
  readonly byQueue: ActivitiesByQueue;
  readonly calls: readonly FakeCall[];
  /** Names of the calls with a key, in order. */
  namesOf(key: string): ActivityName[];
  /** What an activity was asked, call by call. */
  requestsOf<N extends ActivityName>(name: N, key: string): RequestOf<N>[];
  /** What was put on record, each once: a local activity is run again when news come while its task completes. */
  recordsOf<N extends keyof RecordActivities>(name: N, key: string): RequestOf<N>[];
  on<N extends ActivityName>(name: N, key: string, behaviour: Behaviour<N>): void;
  /** What answers now, for a script that wraps it. */
  scriptOf<N extends ActivityName>(name: N, key: string): Behaviour<N>;
  /** Holds each call until the gate is opened; `deaf` ones do not end when they are cancelled. */
  hold<N extends ActivityName>(name: N, key: string, how?: 'deaf'): Gate<N>;
  /** Lets the first call fail and wants five minutes before the next; resolves when it has been made. */
  stall(name: ActivityName, key: string): Promise<void>;
  /** What the plan of a message asks for beyond the plain chain. */
  plan(messageId: string, ...steps: (keyof StepPlan)[]): void;
  standard: { readonly [N in ActivityName]: Behaviour<N> };
}

const nothing = async () => undefined;
const NO_TOTALS: AuditTotals = {
  listed: 0,
  processed: 0,
  unfinished: 0,
  skipped: 0,
  quarantined: 0,
  deleted: 0,
  pending: 0,
  missing: 0,
  healed: 0,
  gone: 0,
};
const EMPTY_PAGE: FetchPageFacts = { messageIds: [], items: 0, duplicates: 0, quarantined: 0, done: true };

export function toPage(messageIds: readonly string[], done: boolean): FetchPageFacts {
  return { ...EMPTY_PAGE, messageIds, items: messageIds.length, done };
}

/** A draft's id and hash, by the message that it answers. */
export function draftOf(messageId: string) {
  return { draftId: `draft-${messageId}`, hash: `hash-${messageId}` };
}

/**
 * Activities under their real names and on their real queues, scripted by key: the message id, for `fetchPage`, `pauseAccount` and
 * what is done to whole mailboxes the account id, for the records of a batch its id. Failures take the way of the real ones.
 */
export function createFakeActivities(): FakeActivities {
  const plans = new Map<string, StepPlan>();
  const scripts = new Map<string, (request: never, n: number) => Promise<unknown>>();
  const calls: FakeCall[] = [];
  const standard = createStandard(plans);

  const run =
    (name: ActivityName) =>
    async (request: Ids = {}) => {
      const key = toKey(name, request);
      calls.push({ name, key, request });
      const n = calls.filter((call) => call.name === name && call.key === key).length;
      const behaviour = scripts.get(`${name} ${key}`) ?? standard[name];
      return behaviour(request as never, n);
    };
  const requestsOf = <N extends ActivityName>(name: N, key: string) =>
    calls
      .filter((call) => call.key === key && call.name === name)
      .map((call) => call.request as RequestOf<N>);
  const group = (names: readonly ActivityName[]) =>
    translateFailures(Object.fromEntries(names.map((name) => [name, run(name)])));
  const network = Object.entries(NETWORK_ACTIVITY_QUEUES) as [ActivityName, string][];
  const queues = network.map(([, queue]) => {
    const own = network.filter(([, other]) => other === queue).map(([name]) => name);
    return [queue, group(own)];
  });

  return {
    byQueue: { main: group(LOCAL_ACTIVITY_NAMES), ...Object.fromEntries(queues) } as ActivitiesByQueue,
    calls,
    standard,
    namesOf: (key) => calls.filter((call) => call.key === key).map((call) => call.name),
    requestsOf,
    recordsOf: (name, key) => toDistinct(requestsOf(name, key)),
    on(name, key, behaviour) {
      scripts.set(`${name} ${key}`, behaviour);
    },
    scriptOf: <N extends ActivityName>(name: N, key: string) =>
      (scripts.get(`${name} ${key}`) ?? standard[name]) as Behaviour<N>,
    hold<N extends ActivityName>(name: N, key: string, how?: 'deaf'): Gate<N> {
      const { gate, behaviour } = createGate<N>(how === 'deaf');
      scripts.set(`${name} ${key}`, behaviour);
      return gate;
    },
    stall(name, key) {
      return new Promise((failed) => {
        scripts.set(`${name} ${key}`, async (request, n) => {
          if (n > 1) return standard[name](request, n);
          failed();
          throw new ServiceError('Unavailable', 'The other side is away', { retryAfterMs: 300_000 });
        });
      });
    },
    plan(messageId, ...steps) {
      const has = (step: keyof StepPlan) => steps.includes(step);
      plans.set(messageId, { consult: has('consult'), sync: has('sync'), draft: has('draft') });
    },
  };
}

function createStandard(plans: ReadonlyMap<string, StepPlan>): FakeActivities['standard'] {
  const planOf = (id: string) => plans.get(id) ?? { consult: false, sync: false, draft: false };
  return {
    readMessage: async () => ({ language: 'en', automatic: 'person', attachments: 0, warnings: 0 }),
    classifyMessage: async ({ messageId }) => ({
      category: 'order',
      confidence: 0.9,
      plan: planOf(messageId),
    }),
    consultModel: async ({ messageId }) => ({
      category: 'complaint',
      confidence: 0.99,
      plan: { ...planOf(messageId), consult: false },
    }),
    prioritizeMessage: async () => ({ priority: 'NORMAL' }),
    summarizeMessage: nothing,
    syncPartner: async () => ({ partnerId: 1, recordId: 2 }),
    draftReply: async ({ messageId }) => ({
      ...draftOf(messageId),
      approval: 'person',
      why: 'a person approves',
    }),
    deliverDraft: async () => ({ state: 'SENT' }),
    settleMessage: nothing,
    quarantineMessage: nothing,
    decideDraft: nothing,
    changePriority: nothing,
    recordBatchState: nothing,
    finishBatch: nothing,
    pauseAccount: nothing,
    fetchPage: async () => EMPTY_PAGE,
    findOrphans: async () => ({ orphans: [], next: undefined }),
    auditMailbox: async () => ({ missing: 0, incomplete: undefined }),
    healMailbox: async () => EMPTY_PAGE,
    finishAudit: async () => NO_TOTALS,
    listAuditable: async () => [],
    renewPush: nothing,
    markMessage: nothing,
    watchMailbox: async () => false,
    removeAccountData: async () => ({ messages: 0 }),
  };
}

function toDistinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function createGate<N extends ActivityName>(deaf: boolean) {
  let enter: () => void = () => undefined;
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  let open: Gate<N>['open'] = () => undefined;
  let fail: Gate<N>['fail'] = () => undefined;
  const opened = new Promise<AnswerOf<N>>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  opened.catch(() => undefined);
  const behaviour = async (): Promise<AnswerOf<N>> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), 50);
    enter();
    try {
      return await (deaf ? opened : Promise.race([opened, context.cancelled]));
    } finally {
      clearInterval(beat);
    }
  };
  return { gate: { entered, open, fail }, behaviour };
}

interface Ids {
  readonly messageId?: string;
  readonly batchId?: string;
  readonly accountId?: string;
}

function toKey(name: ActivityName, { messageId, batchId, accountId }: Ids): string {
  const ofAccount = name === 'fetchPage' || name === 'healMailbox';
  return (ofAccount ? accountId : (messageId ?? batchId ?? accountId)) ?? '';
}

import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { AccountStore } from '../../../db/account-store.ts';
import type { BatchStore } from '../../../db/batch-store.ts';
import type { IntakePage } from '../../../db/intake/intake-page.ts';
import type { IntakeStore, PageOpening } from '../../../db/intake-store.ts';
import type { FetchPageRequest } from '../../../src/contract/activities.ts';
import type { Taken } from '../../../src/domain/admission.ts';
import type { LiveMailbox, MailboxItem, MailboxPage, PageRequest } from '../../../src/mail/mailbox.ts';
import { createFakes } from './fake-dependencies.ts';
import { fakeStore } from './fake-store.ts';
import { type RunOptions, runActivity } from './run-activity.ts';

export const PULL: FetchPageRequest = {
  accountId: 'sales',
  batchId: 'pull-1',
  kind: 'pull',
  page: 0,
  maxItems: 50,
};
export const IMPORT: FetchPageRequest = { ...PULL, batchId: 'import-1', kind: 'import' };

export function mail(providerKey: string, facts: Partial<MailboxItem> = {}): MailboxItem {
  const raw = Buffer.from(`mail ${providerKey}`);
  const receivedAt = new Date('2026-03-01T10:00:00Z');
  return {
    providerKey,
    raw,
    size: raw.length,
    receivedAt,
    label: `label ${providerKey}`,
    fault: undefined,
    ...facts,
  };
}

export interface Door {
  readonly opening?: PageOpening;
  readonly known?: ReadonlyMap<string, string>;
  readonly forgotten?: readonly string[];
  readonly accounts?: Partial<AccountStore>;
  readonly read?: (request: PageRequest) => Promise<Partial<MailboxPage>>;
  readonly open?: () => Promise<never>;
  readonly taken?: Partial<Taken>;
  /** What else the mailbox can do. */
  readonly can?: Partial<LiveMailbox>;
}

const unable = () => {
  throw new Error('not asked for');
};
const UNABLE = { list: unable, readItems: unable, mark: unable, probe: unable };
const NOTHING_TAKEN: Taken = { unfinished: 0, dayMessages: 0, dayBytes: 0, minuteMessages: 0 };

/** `fetchPage` between a mailbox and an intake of which all is told. */
export function openDoor(door: Door = {}) {
  const parked: IntakePage[] = [];
  const opened: unknown[][] = [];
  const mailbox = { requests: [] as PageRequest[], closed: 0 };
  const open = async (...args: unknown[]): Promise<LiveMailbox> => {
    opened.push(args);
    if (door.open !== undefined) return door.open();
    return {
      ...UNABLE,
      ...door.can,
      async readPage(request) {
        mailbox.requests.push(request);
        const page = (await door.read?.(request)) ?? { items: [mail('a')] };
        return { items: [], cursor: 'next', done: true, total: undefined, ...page };
      },
      async close() {
        mailbox.closed += 1;
      },
    };
  };
  const intake = fakeStore<IntakeStore>('intake', {
    openPage: async () => door.opening ?? { cursor: 'here' },
    findKnown: async () => new Map(door.known),
    findDeleted: async () => new Set(),
    findTaken: async () => ({ ...NOTHING_TAKEN, ...door.taken }),
    listOld: async () => [],
    findForgotten: async () => [...(door.forgotten ?? [])],
    async park(page) {
      parked.push(page);
      const ids = page.items.flatMap((item) => (item.kind === 'new' ? [item.messageId] : []));
      return { messageIds: ids, items: page.items.length, duplicates: 0, quarantined: 0, done: page.done };
    },
  });
  const batches = fakeStore<BatchStore>('batches', {
    findOrigin: async (id) => Buffer.from(`batch/origin/${id}|{"kind":"path","path":"/mail"}`),
  });
  const base = createFakes();
  const changes: Partial<ActivityDependencies> = { intake, batches, openAccount: open, openOrigin: open };
  const deps = { ...base.deps, ...changes, accounts: { ...fakeAccounts(base.deps.accounts, door.accounts) } };
  const fetchPage = (request = PULL, options: RunOptions = {}) =>
    runActivity(deps, 'fetchPage', request, options);
  return { ...base, deps, parked, opened, mailbox, fetchPage };
}

function fakeAccounts(base: AccountStore, changes: Partial<AccountStore> = {}): AccountStore {
  const { get, findSecret, recordPull, recordSync, findWait } = base;
  return fakeStore<AccountStore>('accounts', {
    get,
    findSecret,
    recordPull,
    recordSync,
    findWait,
    ...changes,
  });
}

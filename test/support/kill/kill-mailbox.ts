import type { Account } from '../../../src/domain/account.ts';
import type { LiveMailbox } from '../../../src/mail/mailbox.ts';

/** How many messages a mailbox holds, and what they bear. */
export interface MailboxMarks {
  readonly inbox: number;
  readonly done: number;
  readonly seen: number;
  /** Providers without labels count none. */
  readonly labelled: number;
}

/** A mailbox of one provider, and the account that reads it. */
export interface KillMailbox {
  readonly account: Account;
  deliver(messages: readonly Buffer[]): Promise<void>;
  look(): Promise<MailboxMarks>;
  open(account: Account): Promise<LiveMailbox>;
  /** How often its provider would tell us of one message; absent: it tells nobody. */
  countSubscriptions?(): number;
  /** Cuts what is asked of it; absent: there are no requests to cut. */
  readonly cut?: MailboxCut;
}

export interface MailboxCut {
  /** The `n`-th request from now on is cut, and no other; 0: none. */
  cutAt(n: number, cut: RequestCut): void;
  /** How many were cut since then. */
  countCuts(): number;
}

export const KILL_LABEL = 'Handled';
export const KILL_FOLDER = 'Done';

/** What is the same for every provider. */
export function toKillAccount(id: string, own: Partial<Account> & Pick<Account, 'kind'>): Account {
  return {
    id,
    name: id,
    address: `${id}@kill.example`,
    mode: 'hybrid',
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: 3600,
    imap: undefined,
    push: false,
    ...own,
  };
}

export function countMarks(messages: readonly Marks[]): MailboxMarks {
  const count = (holds: (marks: Marks) => boolean) => messages.filter(holds).length;
  return {
    inbox: count(({ folder }) => folder === 'INBOX'),
    done: count(({ folder }) => folder === KILL_FOLDER),
    seen: count(({ seen }) => seen),
    labelled: count(({ labelled }) => labelled),
  };
}

interface Marks {
  readonly folder: string;
  readonly seen: boolean;
  readonly labelled: boolean;
}

/** before: the request does not arrive. after: it is done, and its answer is lost. */
export type RequestCut = 'before' | 'after';

/** A server of one provider. */
export interface KillServer {
  /** An empty mailbox. */
  create(id: string): Promise<KillMailbox>;
  /** Where the provider reaches us; absent: it does not. */
  readonly publicUrl?: string;
  stop(): Promise<void>;
}

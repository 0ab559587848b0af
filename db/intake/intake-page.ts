import type { BatchKind } from '../../src/domain/batch.ts';
import type { Database } from '../client.ts';

/** One item ready to be parked. Bytes are sealed; ids and hashes come from `src/mail/identity.ts`. */
export type IntakeItem =
  | {
      readonly kind: 'known';
      readonly providerKey: string;
      readonly label: string;
      readonly messageId: string;
    }
  | {
      readonly kind: 'fault';
      readonly providerKey: string;
      readonly label: string;
      readonly failureType: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'new';
      readonly providerKey: string;
      readonly label: string;
      readonly messageId: string;
      readonly sha256: string;
      readonly contentHash: string;
      readonly sealed: Uint8Array;
      readonly size: number;
      readonly receivedAt: Date;
    };

export interface IntakePage {
  readonly accountId: string;
  readonly batchId: string;
  readonly kind: BatchKind;
  readonly page: number;
  readonly items: readonly IntakeItem[];
  /** The cursor that the page was read from. */
  readonly readFrom: string | undefined;
  /** undefined: the cursor of the account stays where it is. */
  readonly cursor: string | undefined;
  readonly done: boolean;
  readonly expected: number | undefined;
  /** Used when the batch row is made here: for pulls. */
  readonly label: string;
  /** A second copy of the same content within so many hours is a duplicate; 0 switches the window off. */
  readonly windowHours: number;
  /** Keys of what the mailbox holds no more. */
  readonly gone?: readonly string[];
  /** Keys that other mail will bear: what had them is known by its content alone. */
  readonly givenUp?: readonly string[];
  /** Only what this audit still lists as missing is parked: the account may read another mailbox since. */
  readonly auditId?: string;
}

export interface ParkedPage {
  readonly messageIds: readonly string[];
  readonly items: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly done: boolean;
}

/** A transaction of `db`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type NewItem = Extract<IntakeItem, { kind: 'new' }>;

import type { Address } from './message.ts';

export const DRAFT_STATES = ['pending', 'approved', 'rejected', 'expired'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** A proposed reply. Recipients are fixed by the system, never by a model. */
export interface Draft {
  readonly id: string;
  readonly messageId: string;
  readonly accountId: string;
  readonly state: DraftState;
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  /** SHA-256 over recipients, subject and text; an approval names the text that it saw. */
  readonly hash: string;
  /** Sent without a person: marked Auto-Submitted (RFC 3834). */
  readonly automatic: boolean;
}

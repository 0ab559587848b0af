/** Why mail was refused; the vocabulary of sisimai, so that its published figures can be compared. */
export const BOUNCE_REASONS = [
  'authfailure',
  'badreputation',
  'blocked',
  'contenterror',
  'delivered',
  'exceedlimit',
  'expired',
  'failedstarttls',
  'filtered',
  'hasmoved',
  'hostunknown',
  'mailboxfull',
  'mailererror',
  'mesgtoobig',
  'networkerror',
  'norelaying',
  'notaccept',
  'notcompliantrfc',
  'onhold',
  'policyviolation',
  'rejected',
  'requireptr',
  'securityerror',
  'spamdetected',
  'speeding',
  'suppressed',
  'suspend',
  'syntaxerror',
  'systemerror',
  'systemfull',
  'toomanyconn',
  'undefined',
  'userunknown',
  'virusdetected',
] as const;
export type BounceReason = (typeof BOUNCE_REASONS)[number];

/** What a report says of one recipient. */
export interface BouncedRecipient {
  /** Lower-case; empty when the report names nobody. */
  readonly address: string;
  /** RFC 3463, such as `5.1.1`; `x.0.9nn` when the report gave none and it was derived from the reason. */
  readonly status: string;
  readonly reason: BounceReason;
  /** Another attempt is futile: the address, its host or its mail service does not exist. */
  readonly hard: boolean;
}

/** It did not arrive and will not by itself; a report of a delay, or of success, says less. */
export function hasFailed({ hard, reason, status }: BouncedRecipient): boolean {
  return hard || (status.startsWith('5') && reason !== 'delivered');
}

export interface BounceReport {
  readonly recipients: readonly BouncedRecipient[];
  /** Of the mail that came back, without brackets: only a report of our own mail may suppress anybody. */
  readonly originalMessageId: string | undefined;
}

/** A complaint of a recipient by way of their provider (RFC 5965). */
export interface FeedbackReport {
  /** `abuse`, `fraud`, `virus`, `not-spam`, `other` or what else the report says, lower-case. */
  readonly type: string;
  readonly originalRecipient: string | undefined;
  readonly originalMessageId: string | undefined;
}

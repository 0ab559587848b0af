import type { Priority } from './priority.ts';

/** Everything named must hold; of several values of one kind any will do. Case does not matter. */
export interface RuleCondition {
  /** Addresses, or `@domain` for all of a domain. */
  readonly from?: readonly string[] | undefined;
  /** As in List-Id, without the angle brackets (RFC 2919). */
  readonly listId?: readonly string[] | undefined;
  /** Words or phrases of the subject; `*` after a word matches any ending. */
  readonly subject?: readonly string[] | undefined;
  /** Recipients, To and Cc: addresses, or `@domain`. */
  readonly to?: readonly string[] | undefined;
  /** Ids of accounts. */
  readonly account?: readonly string[] | undefined;
}

export interface RuleEffect {
  readonly category?: string | undefined;
  readonly priority?: Priority | undefined;
  /** Further categories. */
  readonly labels?: readonly string[] | undefined;
  /** A model gives a second read, however sure the local engine is. */
  readonly important?: true | undefined;
  /** Minutes within which it is to be answered; before what the category says. */
  readonly answerWithin?: number | undefined;
}

/** What an operator laid down; it decides before any engine, unless the message is suspicious. */
export interface RoutingRule {
  /** Named in the reasons of what it decides. */
  readonly id: string;
  readonly when: RuleCondition;
  readonly then: RuleEffect;
}

/** The rules in force, the first that fits first, with a version that changes with what they say. */
export interface RuleBook {
  readonly version: string;
  readonly rules: readonly RoutingRule[];
}

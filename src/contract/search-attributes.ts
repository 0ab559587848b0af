import { defineSearchAttributeKey } from '@temporalio/common';

/** What the Temporal Web UI can filter by. Keywords only, nothing personal: they are never encrypted. */
export const ACCOUNT_ATTRIBUTE = defineSearchAttributeKey('MailroomAccount', 'KEYWORD');
export const STAGE_ATTRIBUTE = defineSearchAttributeKey('MailroomStage', 'KEYWORD');
export const CATEGORY_ATTRIBUTE = defineSearchAttributeKey('MailroomCategory', 'KEYWORD');
export const PRIORITY_ATTRIBUTE = defineSearchAttributeKey('MailroomPriority', 'KEYWORD');
export const OUTCOME_ATTRIBUTE = defineSearchAttributeKey('MailroomOutcome', 'KEYWORD');

export const SEARCH_ATTRIBUTES = [
  ACCOUNT_ATTRIBUTE,
  STAGE_ATTRIBUTE,
  CATEGORY_ATTRIBUTE,
  PRIORITY_ATTRIBUTE,
  OUTCOME_ATTRIBUTE,
] as const;

import type { ActivityName } from '../../../src/contract/activities.ts';
import type { ActivityCut } from './create-activity-cuts.ts';

/** Which tests cut an activity. elsewhere: it only looks, has no end, or needs a server that has cuts of its own. */
const PLACES: Readonly<Record<ActivityName, 'mailbox' | 'errand' | 'elsewhere'>> = {
  readMessage: 'mailbox',
  classifyMessage: 'mailbox',
  prioritizeMessage: 'mailbox',
  summarizeMessage: 'mailbox',
  draftReply: 'errand',
  settleMessage: 'mailbox',
  quarantineMessage: 'errand',
  decideDraft: 'errand',
  changePriority: 'errand',
  recordBatchState: 'errand',
  finishBatch: 'mailbox',
  pauseAccount: 'errand',
  finishAudit: 'mailbox',
  fetchPage: 'mailbox',
  findOrphans: 'elsewhere',
  removeAccountData: 'errand',
  auditMailbox: 'mailbox',
  healMailbox: 'mailbox',
  listAuditable: 'elsewhere',
  renewPush: 'mailbox',
  markMessage: 'mailbox',
  watchMailbox: 'elsewhere',
  consultModel: 'elsewhere',
  syncPartner: 'elsewhere',
  deliverDraft: 'errand',
};

/** All that `ActivityCuts.done` has to hold after the tests of a place. */
export function listCuts(place: 'mailbox' | 'errand', cuts: readonly ActivityCut[]): string[] {
  const names = Object.entries(PLACES).filter(([, own]) => own === place);
  return names.flatMap(([name]) => cuts.map((cut) => `${name} ${cut}`));
}

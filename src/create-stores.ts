import { createAccountFactsStore } from '../db/account-facts-store.ts';
import { createAccountRemovalStore } from '../db/account-removal-store.ts';
import { createAccountSettingsStore } from '../db/account-settings-store.ts';
import { createAccountStore } from '../db/account-store.ts';
import { createAuditStore } from '../db/audit-store.ts';
import { createBatchStore } from '../db/batch-store.ts';
import { createBounceStore } from '../db/bounce-store.ts';
import type { Database } from '../db/client.ts';
import { createDraftStore } from '../db/draft-store.ts';
import { createIntakeStore } from '../db/intake-store.ts';
import { createLearningStore } from '../db/learning-store.ts';
import { createMessageListStore } from '../db/message-list-store.ts';
import { createMessageStore } from '../db/message-store.ts';
import { createModelAnswerStore } from '../db/model-answer-store.ts';
import { createOAuthFlowStore } from '../db/oauth-flow-store.ts';
import { createOrphanStore } from '../db/orphan-store.ts';
import { createPartnerSyncStore } from '../db/partner-sync-store.ts';
import { createPushStore } from '../db/push-store.ts';
import { createQuarantineStore } from '../db/quarantine-store.ts';
import { createSenderDecisionStore } from '../db/sender-decision-store.ts';
import { createSpendStore } from '../db/spend-store.ts';
import { createTaxonomyStore } from '../db/taxonomy-store.ts';
import { createTokenStore } from '../db/token-store.ts';
import { createTombstoneStore } from '../db/tombstone-store.ts';

export type Stores = ReturnType<typeof createStores>;

export function createStores(db: Database) {
  return {
    accounts: createAccountStore(db),
    accountFacts: createAccountFactsStore(db),
    accountRemovals: createAccountRemovalStore(db),
    accountSettings: createAccountSettingsStore(db),
    tombstones: createTombstoneStore(db),
    audits: createAuditStore(db),
    batches: createBatchStore(db),
    bounces: createBounceStore(db),
    drafts: createDraftStore(db),
    intake: createIntakeStore(db),
    learning: createLearningStore(db),
    messageList: createMessageListStore(db),
    messages: createMessageStore(db),
    modelAnswers: createModelAnswerStore(db),
    oauthFlows: createOAuthFlowStore(db),
    orphans: createOrphanStore(db),
    partnerSyncs: createPartnerSyncStore(db),
    push: createPushStore(db),
    quarantine: createQuarantineStore(db),
    senderDecisions: createSenderDecisionStore(db),
    spending: createSpendStore(db),
    taxonomyTexts: createTaxonomyStore(db),
    tokens: createTokenStore(db),
  };
}

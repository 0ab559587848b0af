export { auditAccount } from './audit-account.ts';
export { auditAccounts } from './audit-accounts.ts';
export { importBatch } from './import-batch.ts';
export { processMessage } from './process-message.ts';
export { pullAccount } from './pull-account.ts';
export { removeAccount } from './remove-account.ts';
export { sweepMessages } from './sweep-messages.ts';
export { watchAccount } from './watch-account.ts';

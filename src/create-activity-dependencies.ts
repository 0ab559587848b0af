import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { notifyArrival } from '../api/controls/notify-arrival.ts';
import type { Embedder } from './analysis/embedding/embedder.ts';
import { loadPrompt } from './analysis/llm/load-prompt.ts';
import { findSecondRead } from './analysis/routing/find-second-read.ts';
import { needsSecondRead } from './analysis/routing/needs-second-read.ts';
import { reconcile } from './analysis/routing/reconcile.ts';
import { withDoubts } from './analysis/routing/unsure.ts';
import { loadRules } from './analysis/rules/load-rules.ts';
import type { Config } from './config.ts';
import type { AccountTaxonomies } from './create-account-taxonomies.ts';
import type { Answers } from './create-answers.ts';
import type { Breakers } from './create-breakers.ts';
import { createBudget } from './create-budget.ts';
import type { OpenCredentials } from './create-credentials.ts';
import { createDeciderSource } from './create-deciders.ts';
import { createLearnedSource } from './create-learned-source.ts';
import { createMessageMemory } from './create-message-memory.ts';
import type { Stores } from './create-stores.ts';
import { createVeil } from './create-veil.ts';
import { createViewReader } from './create-view-reader.ts';
import type { BatchOrigin } from './domain/batch.ts';
import { mintMessageId } from './mail/compose/mint-message-id.ts';
import { openFilesMailbox } from './mail/files/open-files-mailbox.ts';
import { contentHash, messageKey, sentDate, sourceHash } from './mail/identity.ts';
import type { ImapConnections } from './mail/imap/create-imap-connections.ts';
import type { Mailbox } from './mail/mailbox.ts';
import type { MailReader } from './mail/reader/create-mail-reader.ts';
import { createSmtpSender } from './mail/smtp/create-smtp-sender.ts';
import { openSqlMailbox } from './mail/sql/open-sql-mailbox.ts';
import { createOdoo } from './odoo/create-odoo.ts';
import { openAccount } from './open-account.ts';
import { openUploadMailbox } from './open-upload-mailbox.ts';
import type { Sealer } from './security/seal.ts';
import { listLiveRuns } from './temporal/list-live-runs.ts';
import { stopRuns } from './temporal/stop-runs.ts';

const PAGE_BYTES = 32 * 1024 * 1024;
const ODOO_TIMEOUT_MS = 30_000;

export interface ActivityParts {
  readonly config: Config;
  readonly client: Client;
  readonly logger: Pick<Logger, 'warn'>;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly breakers: Breakers;
  readonly mailReader: MailReader;
  readonly imapConnections?: ImapConnections;
  readonly openCredentials: OpenCredentials;
  /** Fires when this process is told to end. */
  readonly stopping?: AbortSignal;
  readonly answers: Pick<Answers, 'cache'>;
  readonly taxonomies: AccountTaxonomies;
  /** undefined: none is installed. */
  readonly embedder?: Embedder | undefined;
  readonly pauseSchedule: (accountId: string, reason: string) => Promise<void>;
}

/** Binds the ports of the activities to what this process is configured for. */
export function createActivityDependencies(parts: ActivityParts): ActivityDependencies {
  const { config, stores, sealer, taxonomies } = parts;
  // A faulty file stops the start, not the first message.
  const rules = loadRules(taxonomies.house(), config.rulesPath);
  const prompt = loadPrompt(config.promptPath);
  return {
    ...stores,
    sealer,
    guard: parts.breakers.guard,
    identity: { sourceHash, contentHash, messageKey, sentDate },
    memory: createMessageMemory(),
    readView: createViewReader(parts.mailReader, config.threat),
    getDeciders: createDeciderSource(taxonomies, {
      rules,
      prompt,
      engines: config.model.engines,
      breakers: parts.breakers,
      cache: parts.answers.cache,
    }),
    openBudget: createBudget(stores.spending, config.model, parts.logger),
    recallLearned: createLearnedSource(stores, sealer, parts),
    veil: createVeil(sealer),
    findSecondRead: (reading, category) => findSecondRead(reading, category, config.model),
    needsSecondRead: (classification) => needsSecondRead(classification, config.model.threshold),
    // Nobody waits for what a machine wrote.
    settleDoubts: (view, reading) =>
      view.automatic.kind === 'person' ? withDoubts(reading, config.model.threshold) : reading,
    reconcile,
    now: () => new Date(),
    mintMessageId,
    odoo: config.odoo && createOdoo({ ...config.odoo, timeoutMs: ODOO_TIMEOUT_MS }),
    sender: config.smtp && createSmtpSender(config.smtp),
    openAccount: async (account) => openAccount(account, await parts.openCredentials(account), parts),
    openOrigin: (batchId, origin) => openOrigin(batchId, origin, stores, sealer),
    pauseSchedule: parts.pauseSchedule,
    publicUrl: config.http.publicUrl,
    stopping: parts.stopping,
    notifyArrival: (accountId) => notifyArrival(parts.client, accountId),
    listLiveRuns: () => listLiveRuns(parts.client),
    stopRuns: (accountId, signal) => stopRuns(parts.client, accountId, signal),
    limits: {
      duplicateWindowHours: config.limits.duplicateWindowHours,
      maxMessageBytes: config.limits.maxMessageBytes,
      pageBytes: PAGE_BYTES,
    },
  };
}

function openOrigin(batchId: string, origin: BatchOrigin, stores: Stores, sealer: Sealer): Promise<Mailbox> {
  switch (origin.kind) {
    case 'path':
      return openFilesMailbox(origin.path);
    case 'sql':
      return openSqlMailbox({ url: origin.url, query: origin.query });
    case 'upload':
      return Promise.resolve(openUploadMailbox(batchId, stores.batches, sealer));
  }
}

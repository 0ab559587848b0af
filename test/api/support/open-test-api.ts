import { pino } from 'pino';
import { buildApp } from '../../../api/app.ts';
import type {
  AccountTest,
  ApiConfig,
  ApiDependencies,
  HealthCheck,
  Schedules,
} from '../../../api/dependencies.ts';
import { createDatabaseClient } from '../../../db/client.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { createAccountTaxonomies } from '../../../src/create-account-taxonomies.ts';
import { createCorrectionRecorder } from '../../../src/create-correction-recorder.ts';
import { createStores } from '../../../src/create-stores.ts';
import type { Account } from '../../../src/domain/account.ts';
import { toRawMessage } from '../../../src/mail/files/to-raw-message.ts';
import { openSignIns } from '../../../src/open-sign-ins.ts';
import { createSealer } from '../../../src/security/seal.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createFakeControls } from './fake-controls.ts';

export type TestApi = Awaited<ReturnType<typeof openTestApi>>;

export interface TestApiOptions {
  readonly config?: Partial<ApiConfig>;
  readonly verifyGmailPush?: ApiDependencies['verifyGmailPush'];
  readonly health?: readonly HealthCheck[];
}

/** The API over a database of its own, with Temporal and the schedules faked. Log lines are kept in `logged`. */
export async function openTestApi(options: TestApiOptions = {}) {
  const database = await createTestDatabase();
  const client = createDatabaseClient(database.url, { connections: 4 });
  const stores = createStores(client.db);
  const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));
  const controls = createFakeControls();
  const scheduled: unknown[][] = [];
  const logged: string[] = [];
  const mailboxes = {
    tested: [] as unknown[][],
    test: OPENS as AccountTest,
    ended: [] as string[],
    nextRuns: new Map<string, Date>(),
  };
  const deps: ApiDependencies = {
    ...stores,
    controls,
    schedules: createFakeSchedules(scheduled),
    sealer,
    ...createFakeMailboxes(mailboxes),
    verifyGmailPush: options.verifyGmailPush,
    signIns: openSignIns({ stores, sealer, http: { port: 3000, publicUrl: options.config?.publicUrl } }),
    countAnswers: () => [{ level: 'redis', lookup: 'hit', count: 3 }],
    toRaw: toRawMessage,
    taxonomies: createAccountTaxonomies(stores.taxonomyTexts, loadTaxonomy),
    recordCorrection: createCorrectionRecorder(stores, sealer),
    health: options.health ?? [],
    logger: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    config: {
      host: '127.0.0.1',
      port: 0,
      apiKey: undefined,
      importRoots: [],
      temporalUiUrl: 'http://localhost:8233/',
      namespace: 'mailroom',
      webRoot: '/nonexistent',
      limits: { batchConcurrency: 50, maxBodyBytes: 2_000_000 },
      ...options.config,
    },
  };
  const app = await buildApp(deps);
  return {
    app,
    deps,
    stores,
    sealer,
    controls,
    scheduled,
    mailboxes,
    logged,
    sql: client.sql,
    async close() {
      await app.close();
      await client.close();
      await database.drop();
    },
  };
}

const OPENS: AccountTest = { ok: true, lines: ['INBOX: 3 messages'] };

interface FakeMailboxes {
  readonly tested: unknown[][];
  test: AccountTest;
  readonly ended: string[];
  readonly nextRuns: Map<string, Date>;
}

/** Mailboxes open unless `test` says otherwise. */
function createFakeMailboxes(
  fake: FakeMailboxes,
): Pick<ApiDependencies, 'testAccount' | 'unsubscribe' | 'listNextRuns'> {
  return {
    async testAccount(account, given) {
      fake.tested.push([account.id, account.kind, ...(given ? [given.secret] : [])]);
      return fake.test;
    },
    async unsubscribe(account) {
      fake.ended.push(account.id);
    },
    listNextRuns: async () => fake.nextRuns,
  };
}

function createFakeSchedules(scheduled: unknown[][]): Schedules {
  const record = async (...call: unknown[]) => {
    scheduled.push(call);
  };
  return {
    ensure: (account: Account) => record('ensure', account.id),
    pause: (accountId, note) => record('pause', accountId, note),
    resume: (accountId) => record('resume', accountId),
    remove: (accountId) => record('remove', accountId),
  };
}

import { sql } from 'drizzle-orm';
import { toServiceError as fromTemporal } from '../api/controls/to-service-error.ts';
import type { HealthCheck } from '../api/dependencies.ts';
import { toServiceError as fromPostgres } from '../db/to-service-error.ts';
import { QUEUE_NAMES } from './contract/queues.ts';
import { createSweepCheck } from './create-sweep-check.ts';
import { ServiceError } from './domain/service-error.ts';
import { createSmtpSender } from './mail/smtp/create-smtp-sender.ts';
import { createOdoo } from './odoo/create-odoo.ts';
import type { Context } from './open-context.ts';
import { readNamespace } from './temporal/read-namespace.ts';

const PING_MS = 2_000;
/** temporal.api.enums.v1.TaskQueueType */
const WORKFLOW_QUEUE = 1;

/** What the health pages and `doctor` ask. Postgres, Temporal and a worker are required; the rest degrades. */
export function createHealthChecks(context: Context): HealthCheck[] {
  const sweep = createSweepCheck(context.client);
  return [
    { name: 'postgres', required: true, check: () => inOurTerms(fromPostgres, checkPostgres(context)) },
    { name: 'temporal', required: true, check: () => inOurTerms(fromTemporal, checkTemporal(context)) },
    { name: 'worker', required: true, check: () => inOurTerms(fromTemporal, checkWorker(context)) },
    { ...sweep, check: (signal) => inOurTerms(fromTemporal, sweep.check(signal)) },
    createModelCheck(context),
    createOdooCheck(context),
    createSmtpCheck(context),
  ];
}

/** Health shows only what was written for a person, so every failure needs to be. */
async function inOurTerms<T>(translate: (error: unknown) => Error, check: Promise<T>): Promise<T> {
  try {
    return await check;
  } catch (error) {
    throw translate(error);
  }
}

async function checkPostgres({ database }: Context): Promise<undefined> {
  await database.db.execute(sql`select 1`);
}

async function checkTemporal({ connection, namespace }: Context): Promise<string> {
  const facts = await connection.withDeadline(Date.now() + PING_MS, () =>
    readNamespace(connection, namespace),
  );
  if (facts !== undefined) return `namespace ${namespace}`;
  throw new ServiceError('NotFound', `Temporal has no namespace ${namespace}`, {
    fix: 'Run `npm run mailroom -- temporal apply`, or set TEMPORAL_NAMESPACE to one that is there.',
  });
}

async function checkWorker({ connection, namespace }: Context): Promise<string> {
  const taskQueue = { name: QUEUE_NAMES.main };
  const found = await connection.withDeadline(Date.now() + PING_MS, () =>
    connection.workflowService.describeTaskQueue({ namespace, taskQueue, taskQueueType: WORKFLOW_QUEUE }),
  );
  const recent = found.pollers.filter(
    ({ lastAccessTime }) => Date.now() / 1000 - Number(lastAccessTime?.seconds ?? 0) < 90,
  );
  if (recent.length > 0) return `${recent.length} polling`;
  throw new ServiceError('Unavailable', 'No worker polls the queue', { fix: 'Start one: `npm run worker`.' });
}

function createOdooCheck({ config }: Context): HealthCheck {
  if (config.odoo === undefined) return off('odoo', 'ODOO_URL');
  const odoo = createOdoo({ ...config.odoo, timeoutMs: PING_MS });
  return {
    name: 'odoo',
    required: false,
    check: async (signal) => `version ${(await odoo.ping(signal)).serverVersion}`,
  };
}

function createSmtpCheck({ config }: Context): HealthCheck {
  if (config.smtp === undefined) return off('smtp', 'SMTP_HOST');
  const sender = createSmtpSender(config.smtp);
  return {
    name: 'smtp',
    required: false,
    async check(signal) {
      await sender.ping(signal);
      return undefined;
    },
  };
}

/** Names what is configured; asking a model costs money. */
function createModelCheck({ config }: Context): HealthCheck {
  const names = config.model.engines.map(({ engine }) => engine);
  if (names.length === 0) return off('model', 'ANTHROPIC_API_KEY, MISTRAL_API_KEY or OLLAMA_HOST');
  return { name: 'model', required: false, check: () => Promise.resolve(names.join(', then ')) };
}

function off(name: string, variable: string): HealthCheck {
  return { name, required: false, check: () => Promise.resolve(`off: ${variable} is not set`) };
}

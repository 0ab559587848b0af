import { sql } from 'drizzle-orm';
import type { HealthCheck } from '../api/dependencies.ts';
import { QUEUE_NAMES } from './contract/queues.ts';
import { ServiceError } from './domain/service-error.ts';
import { createSmtpSender } from './mail/smtp/create-smtp-sender.ts';
import { createOdoo } from './odoo/create-odoo.ts';
import type { Context } from './open-context.ts';

const PING_MS = 2_000;
/** temporal.api.enums.v1.TaskQueueType */
const WORKFLOW_QUEUE = 1;

/** What the health pages and `doctor` ask. Postgres, Temporal and a worker are required; the rest degrades. */
export function createHealthChecks(context: Context): HealthCheck[] {
  const { config, database, connection, namespace } = context;
  const checks: HealthCheck[] = [
    {
      name: 'postgres',
      required: true,
      async check() {
        await database.db.execute(sql`select 1`);
        return undefined;
      },
    },
    {
      name: 'temporal',
      required: true,
      async check() {
        await connection.withDeadline(Date.now() + PING_MS, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        return `namespace ${namespace}`;
      },
    },
    { name: 'worker', required: true, check: () => checkWorker(context) },
    {
      name: 'model',
      required: false,
      check: () =>
        Promise.resolve(config.model.apiKey === undefined ? 'off: ANTHROPIC_API_KEY is not set' : undefined),
    },
  ];
  return [...checks, createOdooCheck(context), createSmtpCheck(context)];
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

function off(name: string, variable: string): HealthCheck {
  return { name, required: false, check: () => Promise.resolve(`off: ${variable} is not set`) };
}

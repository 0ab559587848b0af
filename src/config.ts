import { isLoopbackHost } from './domain/is-loopback-host.ts';
import { ServiceError } from './domain/service-error.ts';
import {
  createEnvironmentReader,
  type Environment,
  type EnvironmentReader as Reader,
} from './environment-reader.ts';
import type { PushTokenSettings } from './mail/gmail/create-push-verifier.ts';
import type { SmtpSettings } from './mail/smtp/smtp-settings.ts';
import { readGmailPush } from './read-gmail-push.ts';
import { readHttp } from './read-http.ts';
import { type ModelSettings, readModelSettings } from './read-model-settings.ts';
import { parseSecretKeys, type SecretKeys } from './security/parse-secret-keys.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that the environment decides. Paths are as given: relative ones are relative to the working folder. */
export interface Config {
  /** Folder for local state: embedded databases, the local secret key. */
  readonly home: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Always set when `host` is not loopback. */
    readonly apiKey: string | undefined;
    /** Folders that the API may import from; empty: none. */
    readonly importRoots: readonly string[];
    /** Where providers reach the API, without a trailing slash; undefined: they cannot, so mail is only pulled. */
    readonly publicUrl: string | undefined;
  };
  /** undefined: notifications of Gmail are not taken. */
  readonly gmailPush: PushTokenSettings | undefined;
  readonly database: {
    /** undefined: the embedded Postgres. */
    readonly url: string | undefined;
    /** Port of the embedded Postgres; undefined: any free one. */
    readonly embeddedPort: number | undefined;
  };
  readonly temporal: {
    /** host:port; undefined: the embedded server. */
    readonly address: string | undefined;
    /** Overrides the one in `temporal.yaml`. */
    readonly namespace: string | undefined;
    readonly apiKey: string | undefined;
    readonly tls: boolean;
    /** Port of the embedded server; undefined: any free one. */
    readonly embeddedPort: number | undefined;
    readonly embeddedUiPort: number | undefined;
    /** Base of links to runs. */
    readonly uiUrl: string | undefined;
    /** undefined: the project's `temporal.yaml`. */
    readonly policyPath: string | undefined;
    readonly workerQueues: 'all' | readonly string[];
  };
  /** undefined: the project's taxonomy. */
  readonly taxonomyPath: string | undefined;
  /** undefined: no rules. */
  readonly rulesPath: string | undefined;
  /** What models are told to do; undefined: in our words. */
  readonly promptPath: string | undefined;
  /** undefined: the local key under `home`. */
  readonly secretKeys: SecretKeys | undefined;
  readonly model: ModelSettings;
  /** Keeps answers of models for several workers; undefined: memory and Postgres do. */
  readonly redisUrl: string | undefined;
  /** Where a worker process answers /metrics, on HOST; undefined: nowhere. */
  readonly workerMetricsPort: number | undefined;
  readonly threat: {
    /** Names that our own receivers write into Authentication-Results, lower-case; empty: none is believed. */
    readonly authservIds: readonly string[];
    /** Full names that outsiders may not bear. */
    readonly people: readonly string[];
  };
  readonly odoo:
    | {
        readonly url: string;
        readonly database: string;
        readonly username: string;
        readonly secret: string;
      }
    | undefined;
  readonly smtp: SmtpSettings | undefined;
  readonly limits: {
    readonly duplicateWindowHours: number;
    readonly maxMessageBytes: number;
    readonly batchConcurrency: number;
  };
  readonly log: {
    readonly level: (typeof LOG_LEVELS)[number];
    readonly format: 'json' | 'pretty';
  };
}

function readTemporal(read: Reader): Config['temporal'] {
  const address = read.text('TEMPORAL_ADDRESS');
  const apiKey = read.text('TEMPORAL_API_KEY');
  const tls = read.flag('TEMPORAL_TLS') ?? apiKey !== undefined;
  const [, host, portText] = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(address ?? '') ?? [];
  const port = Number(portText);
  if (address !== undefined && !(port >= 1 && port <= 65_535)) {
    read.fault(
      'TEMPORAL_ADDRESS is not host:port. Write it without a scheme, e.g. TEMPORAL_ADDRESS=localhost:7233.',
    );
  } else if (host !== undefined && apiKey !== undefined && !tls && !isLoopbackHost(host)) {
    read.fault('TEMPORAL_TLS is off, so TEMPORAL_API_KEY would travel in the clear. Set TEMPORAL_TLS=true.');
  }
  const queues = read.list('WORKER_QUEUES', ',');
  for (const queue of queues) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(queue)) {
      read.fault(`WORKER_QUEUES names ${JSON.stringify(queue)}. Write queue names, comma separated, or all.`);
    }
  }
  return {
    address,
    namespace: read.text('TEMPORAL_NAMESPACE'),
    apiKey,
    tls,
    embeddedPort: read.port('TEMPORAL_PORT'),
    embeddedUiPort: read.port('TEMPORAL_UI_PORT'),
    uiUrl: read.url('TEMPORAL_UI_URL', ['http:', 'https:']),
    policyPath: read.text('TEMPORAL_CONFIG'),
    workerQueues: queues.length === 0 || queues.includes('all') ? 'all' : queues,
  };
}

function readOdoo(read: Reader): Config['odoo'] {
  const url = read.url('ODOO_URL', ['http:', 'https:']);
  const [database, username, secret] = ['ODOO_DATABASE', 'ODOO_USERNAME', 'ODOO_SECRET'].map(read.text);
  if (url !== undefined && database !== undefined && username !== undefined && secret !== undefined) {
    return { url, database, username, secret };
  }
  const names = ['ODOO_URL', 'ODOO_DATABASE', 'ODOO_USERNAME', 'ODOO_SECRET'];
  const missing = names.filter((name) => read.text(name) === undefined);
  if (missing.length > 0 && missing.length < names.length) {
    read.fault(
      `${missing.join(', ')} missing. Odoo needs all four: set them too, or unset the other ODOO_ variables.`,
    );
  }
  return undefined;
}

const SMTP_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

function readSmtp(read: Reader): SmtpSettings | undefined {
  const host = read.text('SMTP_HOST');
  const security = read.choice('SMTP_SECURITY', ['tls', 'starttls', 'none']) ?? 'starttls';
  const port = read.port('SMTP_PORT') ?? SMTP_PORTS[security];
  const username = read.text('SMTP_USERNAME');
  const password = read.text('SMTP_PASSWORD');
  const allowSelfSigned = read.flag('SMTP_ALLOW_SELF_SIGNED') ?? false;
  if ((username === undefined) !== (password === undefined)) {
    const missing = username === undefined ? 'SMTP_USERNAME' : 'SMTP_PASSWORD';
    read.fault(`${missing} is missing. Set both SMTP_USERNAME and SMTP_PASSWORD, or neither.`);
  }
  if (host === undefined) {
    if (username !== undefined)
      read.fault('SMTP_HOST is missing. Set it, or unset SMTP_USERNAME and SMTP_PASSWORD.');
    return undefined;
  }
  if (!isLoopbackHost(host)) {
    if (security === 'none')
      read.fault('SMTP_SECURITY=none is only for loopback hosts. Set tls or starttls.');
    if (allowSelfSigned) read.fault('SMTP_ALLOW_SELF_SIGNED is only for loopback hosts. Unset it.');
  }
  return { host, port, security, username, password, allowSelfSigned };
}

function readSecretKeys(read: Reader): SecretKeys | undefined {
  const given = read.text('MAILROOM_SECRET_KEYS');
  if (given === undefined) return undefined;
  try {
    return parseSecretKeys(given);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return read.fault(`MAILROOM_SECRET_KEYS: ${error.message}. ${error.fix ?? ''}.`);
  }
}

/**
 * Reads the environment; the only place that does. Pure. An empty string counts as unset; `defaults` answers for
 * unset variables (tests, the embedded start).
 * @throws ServiceError InvalidInput naming every fault and its fix, one a line; never shows a secret.
 */
export function loadConfig(env: Environment, defaults: Environment = {}): Config {
  const read = createEnvironmentReader(env, defaults);
  const config: Config = {
    home: read.text('MAILROOM_HOME') ?? '.mailroom',
    http: readHttp(read),
    gmailPush: readGmailPush(read),
    database: {
      url: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
      embeddedPort: read.port('POSTGRES_PORT'),
    },
    temporal: readTemporal(read),
    taxonomyPath: read.text('MAILROOM_TAXONOMY'),
    rulesPath: read.text('MAILROOM_RULES'),
    promptPath: read.text('MAILROOM_PROMPT'),
    secretKeys: readSecretKeys(read),
    model: readModelSettings(read),
    redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:']),
    workerMetricsPort: read.port('WORKER_METRICS_PORT'),
    threat: {
      authservIds: read.list('MAILROOM_AUTHSERV_ID', ',').map((id) => id.toLowerCase()),
      people: read.list('MAILROOM_OWN_PEOPLE', ','),
    },
    odoo: readOdoo(read),
    smtp: readSmtp(read),
    limits: {
      duplicateWindowHours: read.number('DUPLICATE_WINDOW_HOURS', 0, 8_760) ?? 24,
      maxMessageBytes: read.number('MAX_MESSAGE_BYTES', 1_024, 1_073_741_824) ?? 26_214_400,
      batchConcurrency: read.number('BATCH_CONCURRENCY', 1, 500) ?? 50,
    },
    log: {
      level: read.choice('LOG_LEVEL', LOG_LEVELS) ?? 'info',
      format: read.choice('LOG_FORMAT', ['json', 'pretty']) ?? 'json',
    },
  };
  if (read.faults.length === 0) return config;
  const title = read.faults.length === 1 ? '1 fault' : `${read.faults.length} faults`;
  throw new ServiceError('InvalidInput', `The configuration has ${title}:\n- ${read.faults.join('\n- ')}`, {
    fix: 'Correct the variables in the environment; .env.example documents each of them.',
    details: { faults: read.faults.length },
  });
}

import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

const EXAMPLE = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const KEY = Buffer.alloc(32, 7).toString('base64');

function faultsOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ServiceError) return `${error.type}: ${error.message}`;
    throw error;
  }
  return '';
}

describe('.env.example', () => {
  it('lists exactly the variables that are read', () => {
    const read = new Set<string>();
    loadConfig(
      new Proxy<Record<string, string>>(
        {},
        {
          get(_target, name) {
            read.add(String(name));
            return undefined;
          },
        },
      ),
    );
    expect(Object.keys(parseEnv(EXAMPLE)).sort()).toEqual([...read].sort());
  });

  it('shows the defaults', () => {
    expect(loadConfig(parseEnv(EXAMPLE))).toEqual(loadConfig({}));
  });

  it('explains each variable on the line above it', () => {
    const lines = EXAMPLE.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^[A-Z_]+=/.test(line)) expect(lines[index - 1], line).toMatch(/^# .{10,}\.$/);
    }
  });
});

describe('loadConfig', () => {
  it('needs nothing: the defaults are local and embedded', () => {
    const config = loadConfig({});
    expect(config.home).toBe('.mailroom');
    expect(config.http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      apiKey: undefined,
      importRoots: [],
      publicUrl: undefined,
    });
    expect(config.database.url).toBeUndefined();
    expect(config.temporal).toMatchObject({ address: undefined, tls: false, workerQueues: 'all' });
    expect(config.model.threshold).toBe(0.6);
    expect(config.odoo).toBeUndefined();
    expect(config.smtp).toBeUndefined();
  });

  it('counts an empty string as unset', () => {
    expect(loadConfig({ PORT: '', HOST: '  ', ODOO_URL: '' })).toEqual(loadConfig({}));
  });

  it('lets the environment win over given defaults', () => {
    expect(loadConfig({ PORT: '8080' }, { PORT: '9090', LOG_LEVEL: 'silent' })).toMatchObject({
      http: { port: 8080 },
      log: { level: 'silent' },
    });
  });

  it.each([
    ['https://mail.example.com/', 'https://mail.example.com'],
    ['https://Mail.example.com:8443/room/', 'https://mail.example.com:8443/room'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ])('takes %s for the public address', (given, url) => {
    expect(loadConfig({ MAILROOM_PUBLIC_URL: given, MAILROOM_API_KEY: 'k' }).http.publicUrl).toBe(url);
  });

  it('wants an API key as soon as others can reach it', () => {
    const faults = faultsOf({ MAILROOM_PUBLIC_URL: 'https://mail.example.com' });
    expect(faults).toContain('MAILROOM_API_KEY is missing, and MAILROOM_PUBLIC_URL');
    expect(loadConfig({ MAILROOM_PUBLIC_URL: 'http://127.0.0.1:3000' }).http.apiKey).toBeUndefined();
  });

  it.each([
    'http://mail.example.com',
    'https://u:p@mail.example.com',
    'https://mail.example.com/?a=1',
    'mail',
  ])('refuses %s for the public address', (given) => {
    const faults = faultsOf({ MAILROOM_PUBLIC_URL: given });
    expect(faults).toContain('MAILROOM_PUBLIC_URL');
    expect(faults).not.toContain('u:p');
  });

  it('takes notifications of Gmail when it knows whose they are', () => {
    const gmail = { MAILROOM_GMAIL_PUSH_AUDIENCE: 'mailroom' };
    const email = 'push@demo.iam.gserviceaccount.com';
    expect(loadConfig({}).gmailPush).toBeUndefined();
    expect(loadConfig({ ...gmail, MAILROOM_GMAIL_PUSH_SERVICE_ACCOUNT: email }).gmailPush).toEqual({
      audience: 'mailroom',
      serviceAccount: email,
      keysUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    });
    expect(faultsOf(gmail)).toContain('MAILROOM_GMAIL_PUSH_SERVICE_ACCOUNT is missing');
  });

  it('reads every group', () => {
    const config = loadConfig({
      DATABASE_URL: 'postgres://u:p@db:5432/mail',
      TEMPORAL_ADDRESS: 'eu.example.com:7233',
      TEMPORAL_API_KEY: 'k',
      WORKER_QUEUES: 'mail, odoo',
      MAILROOM_SECRET_KEYS: `1:${KEY},2:${KEY}`,
      MAILROOM_IMPORT_ROOTS: '/srv/a:/srv/b',
      ODOO_URL: 'https://odoo.example.com',
      ODOO_DATABASE: 'd',
      ODOO_USERNAME: 'u',
      ODOO_SECRET: 's',
      SMTP_HOST: 'smtp.example.com',
      SMTP_SECURITY: 'TLS',
      SMTP_USERNAME: 'u',
      SMTP_PASSWORD: 'p',
    });
    expect(config.temporal).toMatchObject({ tls: true, workerQueues: ['mail', 'odoo'] });
    expect([...(config.secretKeys?.keys() ?? [])]).toEqual([1, 2]);
    expect(config.http.importRoots).toEqual(['/srv/a', '/srv/b']);
    expect(config.odoo?.database).toBe('d');
    expect(config.smtp).toMatchObject({ port: 465, security: 'tls', allowSelfSigned: false });
  });

  it('reports every fault at once, each on a line with its fix', () => {
    const text = faultsOf({
      HOST: '0.0.0.0',
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      MODEL_THRESHOLD: '1.5',
      ODOO_URL: 'http://odoo',
      ODOO_SECRET: 's3cr3t',
      SMTP_HOST: 'smtp.example.com',
      SMTP_SECURITY: 'none',
      LOG_LEVEL: 'loud',
    });
    expect(text).toMatch(/^InvalidInput: The configuration has 7 faults:\n/);
    expect(text.split('\n')).toHaveLength(8);
    expect(text).toContain('ODOO_DATABASE, ODOO_USERNAME missing');
    expect(text).toContain('MAILROOM_API_KEY is missing');
    expect(text).toContain('whole number from 1 to 65535');
  });

  it('asks for an API key only when the host is reachable from outside', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.8.0.1']) {
      expect(faultsOf({ HOST: host }), host).toBe('');
    }
    for (const host of ['0.0.0.0', '::', 'mail.example.com', '127.0.0.1.example.com']) {
      expect(faultsOf({ HOST: host }), host).toContain('MAILROOM_API_KEY');
      expect(faultsOf({ HOST: host, MAILROOM_API_KEY: 'k' }), host).toBe('');
    }
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '30.5'],
    ['PORT', '1e3'],
    ['PORT', '0x10'],
    ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
    ['TEMPORAL_ADDRESS', 'localhost'],
    ['TEMPORAL_ADDRESS', 'localhost:99999'],
    ['TEMPORAL_TLS', 'maybe'],
    ['TEMPORAL_UI_URL', 'localhost:8233'],
    ['DATABASE_URL', 'postgres://'],
    ['WORKER_QUEUES', 'mail,o d o o'],
    ['BATCH_CONCURRENCY', '0'],
    ['SMTP_USERNAME', 'lonely'],
    ['LOG_FORMAT', 'xml'],
    ['MAILROOM_SECRET_KEYS', '1:short'],
    ['MAILROOM_SECRET_KEYS', `0:${KEY}`],
    ['MAILROOM_SECRET_KEYS', `1:${KEY},1:${KEY}`],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(name === 'SMTP_USERNAME' ? 'SMTP_PASSWORD' : name);
  });

  it('keeps plain text and unsigned certificates for loopback hosts', () => {
    const env = { SMTP_HOST: '127.0.0.1', SMTP_SECURITY: 'none', SMTP_ALLOW_SELF_SIGNED: 'true' };
    expect(faultsOf(env)).toBe('');
    expect(faultsOf({ ...env, SMTP_HOST: 'smtp.example.com' })).toContain('2 faults');
  });

  it('never shows a secret in a fault', () => {
    const text = faultsOf({
      DATABASE_URL: 'mysql://u:hunter2@db/mail',
      MAILROOM_SECRET_KEYS: '1:hunter2',
      ODOO_SECRET: 'hunter2',
      SMTP_PASSWORD: 'hunter2',
      TEMPORAL_API_KEY: 'hunter2',
      TEMPORAL_ADDRESS: 'u:hunter2@x',
    });
    expect(text).toContain('faults');
    expect(text).not.toContain('hunter2');
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { findCompose } from '../../support/find-compose.ts';

interface Service {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
const text = read('docker-compose.yml');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const named = Object.entries(services);

const REQUIRED = [
  'MAILROOM_API_KEY',
  'MAILROOM_DB_PASSWORD',
  'MAILROOM_SECRET_KEYS',
  'POSTGRES_PASSWORD',
  'TEMPORAL_DB_PASSWORD',
];
/** Of `npm start` only, or decided by the image. */
const NOT_HANDED_ON = [
  'HOST',
  'LOG_FORMAT',
  'MAILROOM_HOME',
  'MAILROOM_PROMPT',
  'MAILROOM_RULES',
  'MAILROOM_TAXONOMY',
  'PORT',
  'POSTGRES_PORT',
  'SMTP_ALLOW_SELF_SIGNED',
  'TEMPORAL_API_KEY',
  'TEMPORAL_CONFIG',
  'TEMPORAL_PORT',
  'TEMPORAL_TLS',
  'TEMPORAL_UI_PORT',
];

describe('docker-compose.yml', () => {
  it('pins every image to a version', () => {
    const loose = named.filter(([, { image }]) => !/:(\$\{[A-Z_]+:-)?(\d+\.\d+[^}]*|local)\}?$/.test(image));
    expect(loose).toEqual([]);
  });

  it('listens on the loopback interface only', () => {
    const open = named
      .flatMap(([, { ports }]) => ports ?? [])
      .filter((port) => !port.startsWith('127.0.0.1:'));
    expect(open).toEqual([]);
  });

  it('holds no secret: each comes from a required variable', () => {
    const secrets = named.flatMap(([service, { environment }]) =>
      Object.entries(environment ?? {})
        .filter(([name]) => /PASSWORD|PWD|SECRET_KEYS|^MAILROOM_API_KEY$|^DATABASE_URL$/.test(name))
        .map(([name, value]) => ({ where: `${service}.${name}`, value: String(value) })),
    );
    expect(secrets.length).toBeGreaterThan(10);
    // A mail server may take mail without a login.
    const optional = secrets.filter(({ where }) => where.endsWith('.SMTP_PASSWORD'));
    expect(optional.filter(({ value }) => !/^\$\{SMTP_PASSWORD:-\}$/.test(value))).toEqual([]);
    const required = secrets.filter((secret) => !optional.includes(secret));
    expect(required.filter(({ value }) => !/\$\{[A-Z_]+:\?/.test(value))).toEqual([]);
  });

  it('asks for what the example of its .env holds', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+):\?/g)].flatMap(([, name]) => name ?? []);
    expect([...new Set(asked)].sort()).toEqual(REQUIRED);
    expect(
      REQUIRED.filter((name) => !read('deploy/compose/compose.env.example').includes(`\n${name}=`)),
    ).toEqual([]);
  });

  it('hands every other variable of .env.example on to API and worker', () => {
    const documented = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].flatMap(([, name]) => name ?? []);
    const given = new Set([
      ...Object.keys(services.api?.environment ?? {}),
      ...Object.keys(services.worker?.environment ?? {}),
    ]);
    expect(documented.filter((name) => !given.has(name)).sort()).toEqual(NOT_HANDED_ON);
  });
});

const compose = findCompose();

describe('docker compose config', () => {
  it('accepts the file, and refuses it without its secrets', ({ skip }) => {
    if ('missing' in compose) return skip(compose.missing);
    const secrets = Object.fromEntries(REQUIRED.map((name) => [name, 'planted']));
    expect(config(secrets)).toMatchObject({ status: 0, stderr: '' });
    for (const name of REQUIRED) {
      const { [name]: _without, ...rest } = secrets;
      const { status, stderr } = config(rest);
      expect(stderr).toContain(name);
      expect(status).not.toBe(0);
    }
  }, 60_000);

  function config(secrets: Record<string, string>) {
    if ('missing' in compose) throw new Error(compose.missing);
    const [program, ...args] = compose.command;
    // Without the .env of whoever runs this.
    const options = ['--env-file', '/dev/null', '--profile', 'redis', 'config', '--quiet'];
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...secrets };
    return spawnSync(program, [...args, ...options], { cwd: PACKAGE_ROOT, env, encoding: 'utf8' });
  }
});

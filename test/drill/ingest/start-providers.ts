import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Dovecot, startDovecot } from '../../support/dovecot/start-dovecot.ts';
import { type FakeGmail, startFakeGmail } from '../../support/gmail/start-fake-gmail.ts';
import { FAKE_TOKEN, type FakeGraph, startFakeGraph } from '../../support/graph/start-fake-graph.ts';
import { findGreenmail } from '../../support/greenmail/find-greenmail.ts';
import { type Greenmail, startGreenmail } from '../../support/greenmail/start-greenmail.ts';
import { startTokenServer, type TokenServer } from '../../support/oauth/start-token-server.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

export const PASSWORD = 'correct horse';
export const AUDIENCE = 'https://mail.example.org/webhooks/gmail';
export const SERVICE_ACCOUNT = 'push@drill.iam.gserviceaccount.com';
export const POOR_USERS = ['poor-1', 'poor-2'];

/** Every provider that a drill reads from. */
export interface Providers {
  readonly dovecot: Dovecot;
  readonly dovecotProxy: TcpProxy;
  /** undefined: no Java to run it. */
  readonly greenmail: { readonly server: Greenmail; readonly proxy: TcpProxy } | undefined;
  readonly graph: FakeGraph;
  readonly gmail: FakeGmail;
  readonly tokens: TokenServer;
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  readonly env: Readonly<Record<string, string>>;
  /** Of an INBOX of Dovecot: every message has another UID then, as far as clients can tell. */
  renumber(user: string, uidValidity: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startProviders(): Promise<Providers> {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-providers-'));
  const hasGreenmail = !('skipped' in findGreenmail());
  const poor = Object.fromEntries(POOR_USERS.map((user) => [user, PASSWORD]));
  const [dovecot, graph, gmail, tokens, server] = await Promise.all([
    startDovecot(),
    startFakeGraph(),
    startFakeGmail(),
    startTokenServer(),
    hasGreenmail ? startGreenmail(poor) : undefined,
  ]);
  const dovecotProxy = await startTcpProxy(dovecot);
  const greenmail = server && { server, proxy: await startTcpProxy(server) };
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, graph.ca);
  // Of a Gmail account the address is the token, so that the fake knows whose it is.
  tokens.judge(({ scope }) => ({ grant: { access_token: toToken(scope ?? ''), expires_in: 3600 } }));
  return {
    dovecot,
    dovecotProxy,
    greenmail,
    graph,
    gmail,
    tokens,
    authority,
    env: {
      MAILROOM_GMAIL_PUSH_AUDIENCE: AUDIENCE,
      MAILROOM_GMAIL_PUSH_SERVICE_ACCOUNT: SERVICE_ACCOUNT,
      MAILROOM_GMAIL_PUSH_KEYS_URL: gmail.jwksUrl,
    },
    async renumber(user, uidValidity) {
      const config = join(dovecot.dir, 'dovecot.conf');
      const asked = ['-u', user, '--uid-validity', String(uidValidity), 'INBOX'];
      await promisify(execFile)('doveadm', ['-c', config, 'mailbox', 'update', ...asked]);
    },
    async stop() {
      await Promise.all([dovecotProxy.stop(), greenmail?.proxy.stop()]);
      await Promise.all([dovecot.stop(), graph.stop(), gmail.close(), tokens.stop(), server?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a scope is exchanged for; see `toOAuth`. */
export function toToken(scope: string): string {
  return scope === 'graph' ? FAKE_TOKEN : scope;
}

/** An application's own grant, whose scope says which token it wants. */
export function toOAuth(tokens: TokenServer, scope: string) {
  return {
    provider: 'other',
    grant: 'client',
    clientId: 'drill',
    tokenUrl: `${tokens.url}/token`,
    scopes: [scope],
  };
}

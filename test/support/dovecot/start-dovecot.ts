import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { ImapFlow } from 'imapflow';
import { generate } from 'selfsigned';
import { createTokenKey } from './create-token-key.ts';
import { deliverToMaildir } from './deliver-to-maildir.ts';
import { findDovecot } from './find-dovecot.ts';
import { toDovecotConfig } from './to-dovecot-config.ts';

export interface Dovecot {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Its folder: mail lies under `mail/<user>` as Maildir. */
  readonly dir: string;
  /** PEM of the certificate for `localhost`, to trust it instead of accepting it blindly. */
  readonly certificate: string;
  addUser(user: string, password: string): void;
  /** Uploads messages in order; the folder is made when it is not there. */
  append(user: string, folder: string, ...messages: readonly (string | Buffer)[]): Promise<void>;
  /** Writes many messages at once, past the server, each with its INTERNALDATE; their UIDs come in any order. */
  deliver(
    user: string,
    folder: string,
    messages: readonly (string | Buffer)[],
    receivedAt?: Date,
  ): Promise<void>;
  /** A signed OAuth access token of a user; `seconds`: until it expires. */
  toToken(user: string, seconds?: number): Promise<string>;
  /** A logged-in client for what a test does to the mailbox; closed by `stop`. */
  login(user: string): Promise<ImapFlow>;
  /** Ends the server and cuts all sessions; mail stays for `restart`. */
  halt(): Promise<void>;
  /** Starts it again on the same ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const READY_MS = 10_000;

/** A real Dovecot 2.3 on free ports of this machine, in a temporary folder of its own. */
export async function startDovecot({
  mechanisms = 'plain login xoauth2 oauthbearer',
}: {
  /** SASL mechanisms that it offers. */
  readonly mechanisms?: string;
} = {}): Promise<Dovecot> {
  const found = findDovecot();
  if ('skipped' in found) throw new Error(`skipped: ${found.skipped}`);
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-dovecot-'));
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? ensureMailUser() : userInfo().username;
  const group = execFileSync('id', ['-gn', owner], { encoding: 'utf8' }).trim();
  const [port, tlsPort] = [await getPort({ host: HOST }), await getPort({ host: HOST })];
  const certificate = await writeFiles(dir);
  const toToken = await createTokenKey(dir);
  const config = toDovecotConfig({ dir, port, tlsPort, owner, group, isRoot, mechanisms });
  writeFileSync(join(dir, 'dovecot.conf'), config);
  if (isRoot) execFileSync('chown', [`${owner}:`, join(dir, 'mail')]);

  const passwords = new Map<string, string>();
  const clients = new Map<string, ImapFlow>();
  let halt = await launch(found.binary, dir, port);

  async function login(user: string): Promise<ImapFlow> {
    const open = clients.get(user);
    if (open?.usable) return open;
    const pass = passwords.get(user);
    if (pass === undefined) throw new Error(`addUser('${user}') first`);
    const auth = { user, pass };
    const client = new ImapFlow({ host: HOST, port, secure: false, doSTARTTLS: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    clients.set(user, client);
    return client;
  }

  async function closeClients(): Promise<void> {
    for (const client of clients.values()) client.close();
    clients.clear();
  }

  return {
    host: HOST,
    port,
    tlsPort,
    dir,
    certificate,
    addUser(user, password) {
      passwords.set(user, password);
      writeFileSync(join(dir, 'users', user), `${user}:{PLAIN}${password}::::::\n`);
    },
    async append(user, folder, ...messages) {
      const client = await login(user);
      if (folder.toUpperCase() !== 'INBOX') await client.mailboxCreate(folder);
      for (const message of messages) {
        const raw = typeof message === 'string' ? Buffer.from(message) : message;
        if (!(await client.append(folder, raw))) throw new Error(`${folder} did not take a message`);
      }
    },
    async deliver(user, folder, messages, receivedAt) {
      const client = await login(user);
      if (folder.toUpperCase() !== 'INBOX') await client.mailboxCreate(folder);
      // Opening it makes its folder on the disk.
      await client.status(folder, { messages: true });
      deliverToMaildir(join(dir, 'mail', user), folder, messages, receivedAt);
    },
    toToken,
    login,
    async halt() {
      await closeClients();
      await halt();
    },
    async restart() {
      halt = await launch(found.binary, dir, port);
    },
    async stop() {
      await closeClients();
      await halt();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function writeFiles(dir: string): Promise<string> {
  chmodSync(dir, 0o755);
  for (const folder of ['run', 'state', 'mail', 'users']) mkdirSync(join(dir, folder), { mode: 0o755 });
  const names = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: HOST },
  ];
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  writeFileSync(join(dir, 'cert.pem'), pems.cert);
  writeFileSync(join(dir, 'key.pem'), pems.private, { mode: 0o600 });
  return pems.cert;
}

/** Dovecot refuses to keep mail as root. */
function ensureMailUser(): string {
  const exists = readFileSync('/etc/passwd', 'utf8').includes('\nvmail:');
  if (!exists) execFileSync('useradd', ['--system', '--no-create-home', '--user-group', 'vmail']);
  return 'vmail';
}

async function launch(binary: string, dir: string, port: number): Promise<() => Promise<void>> {
  const server = spawn(binary, ['-F', '-c', join(dir, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let complaint = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  // A test run that ends early must not leave a server behind.
  const killNow = () => killGroup(server.pid);
  process.once('exit', killNow);
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const deadline = Date.now() + READY_MS;
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      throw new Error(`Dovecot does not start: ${complaint}${readLog(dir)}`);
    }
    await sleep(10);
  }
  return async () => {
    server.kill('SIGTERM');
    await exited;
    // Sessions outlive the master for a moment; they share its process group, which is ours alone.
    killNow();
    process.off('exit', killNow);
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function readLog(dir: string): string {
  try {
    return readFileSync(join(dir, 'dovecot.log'), 'utf8');
  } catch {
    return '';
  }
}

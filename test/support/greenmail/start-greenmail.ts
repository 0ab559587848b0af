import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { ImapFlow } from 'imapflow';
import { findGreenmail } from './find-greenmail.ts';

export interface Greenmail {
  readonly host: string;
  /** Plain IMAP; there is no STARTTLS. */
  readonly port: number;
  /** IMAP over TLS, with a certificate that nobody signed. */
  readonly tlsPort: number;
  append(user: string, folder: string, ...messages: readonly (string | Buffer)[]): Promise<void>;
  /** A logged-in client for what a test does to the mailbox; closed by `stop`. */
  login(user: string): Promise<ImapFlow>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const READY_MS = 30_000;

/** A real GreenMail: IMAP without CONDSTORE, QRESYNC, STARTTLS and NAMESPACE. Mail is kept in memory. */
export async function startGreenmail(users: Readonly<Record<string, string>>): Promise<Greenmail> {
  const found = findGreenmail();
  if ('skipped' in found) throw new Error(`skipped: ${found.skipped}`);
  const [port, tlsPort] = [await getPort({ host: HOST }), await getPort({ host: HOST })];
  const logins = Object.entries(users).map(([user, password]) => `${user}:${password}`);
  const settings = [
    `greenmail.imap.hostname=${HOST}`,
    `greenmail.imap.port=${port}`,
    `greenmail.imaps.hostname=${HOST}`,
    `greenmail.imaps.port=${tlsPort}`,
    `greenmail.users=${logins.join(',')}`,
    // Its own two seconds are too few where other work goes on.
    'greenmail.startup.timeout=20000',
  ];
  const args = ['-Xmx256m', ...settings.map((setting) => `-D${setting}`), '-jar', found.jar];
  const server = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000);
    });
  // A test run that ends early must not leave a server behind.
  const killNow = () => server.kill('SIGKILL');
  process.once('exit', killNow);
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const deadline = Date.now() + READY_MS;
  const until = async (isReady: () => Promise<boolean>): Promise<void> => {
    while (!(await isReady())) {
      if (server.exitCode !== null || Date.now() > deadline) {
        killNow();
        throw new Error(`GreenMail does not start: ${output}`);
      }
      await sleep(50);
    }
  };
  await until(async () => (await answers(port)) && (await answers(tlsPort, false)));

  const clients = new Map<string, ImapFlow>();
  async function login(user: string): Promise<ImapFlow> {
    const open = clients.get(user);
    if (open?.usable) return open;
    const auth = { user, pass: users[user] ?? '' };
    const client = new ImapFlow({ host: HOST, port, secure: false, doSTARTTLS: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    clients.set(user, client);
    return client;
  }

  // Its ports are open before it has made the users, in their order.
  const last = Object.keys(users).at(-1);
  if (last !== undefined)
    await until(() =>
      login(last).then(
        () => true,
        () => false,
      ),
    );

  return {
    host: HOST,
    port,
    tlsPort,
    async append(user, folder, ...messages) {
      const client = await login(user);
      if (folder.toUpperCase() !== 'INBOX') await client.mailboxCreate(folder);
      for (const message of messages) {
        const raw = typeof message === 'string' ? Buffer.from(message) : message;
        if (!(await client.append(folder, raw))) throw new Error(`${folder} did not take a message`);
      }
    },
    login,
    async stop() {
      for (const client of clients.values()) client.close();
      server.kill('SIGTERM');
      const hard = setTimeout(killNow, 5_000);
      await exited;
      clearTimeout(hard);
      process.off('exit', killNow);
    },
  };
}

/** `greets`: it has to speak first; TLS waits for the client. */
function answers(port: number, greets = true): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once(greets ? 'data' : 'connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

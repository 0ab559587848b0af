import { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../src/domain/account.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { startDovecot } from '../support/dovecot/start-dovecot.ts';
import { generateMail } from '../support/generate-mail.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { type BenchOptions, describeMachine, say } from './bench-options.ts';

const PASSWORD = 'bench';
const MAIL_BYTES = 20 * 1024;
const ROUNDS = 3;

/**
 * How long `n` messages of 20 KB take through `readPage` of a real Dovecot, from the login to the last byte, and how
 * that compares with one raw FETCH of all of them by imapflow. The median of three rounds each, taken in turns.
 */
export async function benchImap(options: BenchOptions): Promise<object> {
  const found = findDovecot();
  if ('skipped' in found) return { ...describeMachine(options), skipped: found.skipped };
  const server = await startDovecot();
  const proxy = await startTcpProxy(server);
  try {
    server.addUser('bench', PASSWORD);
    const mails = Array.from({ length: options.n }, (_, i) => toMail(options.seed, i));
    await server.deliver('bench', 'INBOX', mails);
    const { host, port } = proxy;
    const settings = { host, port, username: 'bench', folders: ['INBOX'] };
    // The first look makes the server's index; neither is to pay for it.
    await fetchRaw(settings);
    proxy.reset();
    const reads: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(await time(options.n, () => fetchRaw(settings)));
      reads.push(await time(options.n, () => readPages(settings)));
      say(`readPage ${reads.at(-1)?.toFixed(2)} s, raw FETCH ${floors.at(-1)?.toFixed(2)} s`);
    }
    const [seconds, floorSeconds] = [median(reads), median(floors)];
    return {
      ...describeMachine(options),
      messages: options.n,
      seconds: round(seconds),
      connections: proxy.counts.connections / (2 * ROUNDS),
      ratio: round(seconds / floorSeconds),
      floorSeconds: round(floorSeconds),
      messagesPerSecond: round(options.n / seconds),
      bytesPerMessage: Math.round(proxy.counts.down / (2 * ROUNDS * options.n)),
    };
  } finally {
    await proxy.stop();
    await server.stop();
  }
}

type Place = Pick<ImapSettings, 'host' | 'port' | 'username' | 'folders'>;

async function readPages(place: Place): Promise<number> {
  const settings: ImapSettings = { ...place, security: 'none', allowSelfSigned: false };
  const mailbox = await openImapMailbox(settings, { kind: 'password', password: PASSWORD });
  try {
    let messages = 0;
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      const page = await mailbox.readPage({
        cursor,
        maxItems: 250,
        maxBytes: 32 * 1024 * 1024,
        maxMessageBytes: 25 * 1024 * 1024,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      messages += page.items.filter((item) => (item.raw?.byteLength ?? 0) >= MAIL_BYTES).length;
      ({ cursor, done } = page);
    }
    return messages;
  } finally {
    await mailbox.close();
  }
}

async function fetchRaw({ host, port, username }: Place): Promise<number> {
  const auth = { user: username, pass: PASSWORD };
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let messages = 0;
  for await (const one of client.fetch('1:*', { uid: true, source: true }))
    if ((one.source?.byteLength ?? 0) >= MAIL_BYTES) messages += 1;
  await client.logout();
  return messages;
}

async function time(expected: number, work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const messages = await work();
  if (messages !== expected) throw new Error(`${messages} messages came instead of ${expected}`);
  return (performance.now() - startedAt) / 1000;
}

function toMail(seed: number, index: number): Buffer {
  const mail = generateMail(seed, index);
  const missing = Math.max(0, MAIL_BYTES - mail.length);
  const line = `${'lorem ipsum '.repeat(6)}\r\n`;
  return Buffer.concat([mail, Buffer.from(line.repeat(Math.ceil(missing / line.length)))]);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

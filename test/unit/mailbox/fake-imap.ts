import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ImapSettings } from '../../../src/domain/account.ts';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import type { LiveMailbox } from '../../../src/mail/mailbox.ts';
import { toSettings } from '../../support/imap-account.ts';

/** Answers one command: lines without CRLF, the tagged one included; undefined cuts the connection. */
export type Script = (command: string, tag: string) => readonly string[] | undefined;

/** A line that ends the connection, once those before it are written. */
export const CLOSE = 'close';

/** The parts of IMAP4rev1 that every scripted server shares; `script` goes first. */
function answer(script: Script, command: string, tag: string): readonly string[] | undefined {
  const scripted = script(command, tag);
  if (scripted === undefined || scripted.length > 0) return scripted;
  if (command.startsWith('CAPABILITY')) return ['* CAPABILITY IMAP4rev1', `${tag} OK done`];
  // What imapflow takes for the prefix of all names.
  if (command.startsWith('LIST "" ""')) return ['* LIST (\\Noselect) "/" ""', `${tag} OK done`];
  if (command.startsWith('LIST')) return ['* LIST () "/" INBOX', `${tag} OK done`];
  if (command.startsWith('EXAMINE')) {
    return [
      '* 3 EXISTS',
      '* OK [UIDVALIDITY 0] zero exists',
      '* OK [UIDNEXT 9] next',
      `${tag} OK [READ-ONLY] done`,
    ];
  }
  return [`${tag} OK done`];
}

/** A server on this machine whose answers a test writes; an empty answer means the usual one. */
export async function startFakeImap(script: Script, greeting = '* OK ready'): Promise<number> {
  return startSocketServer((socket) => {
    socket.write(`${greeting}\r\n`);
    let input = '';
    socket.on('data', (chunk) => {
      input += chunk.toString('latin1');
      for (let end = input.indexOf('\r\n'); end >= 0; end = input.indexOf('\r\n')) {
        const [tag = '', ...words] = input.slice(0, end).split(' ');
        input = input.slice(end + 2);
        const lines = answer(script, words.join(' '), tag);
        if (lines === undefined) socket.destroy();
        else for (const line of lines) write(socket, line);
      }
    });
  });
}

function write(socket: Socket, line: string): void {
  if (line === CLOSE) socket.end();
  else socket.write(Buffer.from(`${line}\r\n`, 'latin1'));
}

/** Its port. Every connection goes to `serve`; all end with the test. */
export async function startSocketServer(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export const HOST = '127.0.0.1';
export const SECRET = 'hunter2-secret';
const MAIL = 'From: a@example.com\r\n\r\nHi\r\n';

/** An account on such a server, closed with the test. */
export async function openFakeImap(
  script: Script,
  changes: Partial<ImapSettings> = {},
): Promise<LiveMailbox> {
  const port = await startFakeImap(script);
  const mailbox = await openImapMailbox(toSettings({ host: HOST, port }, 'ada', changes), {
    kind: 'password',
    password: SECRET,
  });
  onTestFinished(() => mailbox.close());
  return mailbox;
}

/** Answers to UID SEARCH, and to a FETCH of size and date or of the body; the UIDs that a FETCH asks for. */
export const search = (tag: string, ...uids: number[]): string[] => [
  `* SEARCH ${uids.join(' ')}`,
  `${tag} OK done`,
];
export const facts = (uid: number, size = MAIL.length): string =>
  `* ${uid} FETCH (UID ${uid} INTERNALDATE "01-Jan-2024 10:00:00 +0000" RFC822.SIZE ${size})`;
export const body = (uid: number, raw = MAIL): string =>
  `* ${uid} FETCH (UID ${uid} BODY[]<0> {${raw.length}}\r\n${raw})`;
export const asked = (command: string): number[] =>
  (/UID FETCH ([\d,]+) /.exec(command)?.[1] ?? '').split(',').map(Number);

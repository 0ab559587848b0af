import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { SmtpSettings } from '../../../src/mail/smtp/smtp-settings.ts';
import { selfSigned } from './self-signed.ts';
import { createFaultScript, type FaultScript, type SmtpStep } from './smtp-fault.ts';

export interface ReceivedMessage {
  /** Without angle brackets. */
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly tls: boolean;
  readonly user: string | undefined;
}

export interface ScriptedSmtpServer {
  /** Ready for `createSmtpSender`. */
  readonly settings: SmtpSettings;
  readonly script: FaultScript;
  readonly received: readonly ReceivedMessage[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** How many copies of a Message-ID the server keeps. */
  count(messageId: string): number;
  /** Forgets messages and faults. */
  reset(): void;
  stop(): Promise<void>;
}

export interface SmtpServerOptions {
  /** Default starttls, with a certificate that no authority signed. */
  readonly security?: SmtpSettings['security'];
  /** Ask for a login. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Offer PIPELINING (RFC 2920). Default true. */
  readonly pipelining?: boolean;
  readonly size?: number;
}

/** A real SMTP server in this process, on a free port of 127.0.0.1, that misbehaves on demand. Greets after 100 ms. */
export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<ScriptedSmtpServer> {
  const { security = 'starttls', user, pipelining = true, size } = options;
  const script = createFaultScript();
  const received: ReceivedMessage[] = [];
  let connections = 0;

  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections)
      if (connection.id === session.id) connection._socket.destroy();
  };

  /** Plays the fault for a step; false when the connection was cut and nothing may be answered. */
  async function play(
    at: SmtpStep,
    session: SMTPServerSession,
    recipient?: string,
  ): Promise<Error | boolean> {
    const fault = script.take(at, recipient);
    if (!fault) return true;
    if (fault.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
    if (fault.drop === true) {
      if (fault.answer === undefined) cut(session);
      else setImmediate(cut, session);
      if (fault.answer === undefined) return false;
    }
    if (fault.answer === undefined || fault.answer < 400) return true;
    return Object.assign(new Error(fault.text ?? 'scripted'), { responseCode: fault.answer });
  }

  const settle = (outcome: Error | boolean, callback: (error?: Error | null) => void) => {
    if (outcome !== false) callback(outcome === true ? null : outcome);
  };

  const server = new SMTPServer({
    ...(await selfSigned()),
    secure: security === 'tls',
    disabledCommands: [...(security === 'none' ? ['STARTTLS'] : []), ...(user ? [] : ['AUTH'])],
    hidePIPELINING: !pipelining,
    authOptional: user === undefined,
    allowInsecureAuth: security === 'none',
    closeTimeout: 100,
    disableReverseLookup: true,
    ...(size === undefined ? {} : { size, rejectOversized: true }),
    onConnect(session, callback) {
      connections += 1;
      void play('connect', session).then((outcome) => settle(outcome, callback));
    },
    onAuth(auth, session, callback) {
      void play('auth', session).then((outcome) => {
        if (outcome === false) return;
        const good = auth.username === user?.name && auth.password === user?.password;
        if (outcome === true && good) callback(null, { user: auth.username });
        else callback(outcome === true ? new Error('Invalid username or password') : outcome);
      });
    },
    onMailFrom(_address, session, callback) {
      void play('mail', session).then((outcome) => settle(outcome, callback));
    },
    onRcptTo({ address }, session, callback) {
      void play('rcpt', session, address).then((outcome) => settle(outcome, callback));
    },
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const inBody = script.take('body');
      if (inBody) stream.once('data', () => cut(session));
      if (script.take('data')) cut(session);
      void (async () => {
        const raw = await buffer(stream).catch(() => undefined);
        // The client left in the middle; nothing was received and nobody hears an answer.
        if (raw === undefined) return;
        const fault = script.take('dot');
        const confirmed = fault?.answer === undefined ? fault?.drop !== true : fault.answer < 400;
        if (confirmed || (fault?.answer === undefined && fault?.keep !== false)) {
          const messageId = /^message-id:\s*<([^>\r\n]+)>/im.exec(raw.toString('latin1'))?.[1] ?? '';
          const from = mailFrom === false ? '' : mailFrom.address;
          const to = rcptTo.map(({ address }) => address);
          received.push({ messageId, from, to, raw, tls: session.secure, user: session.user });
        }
        if (fault?.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
        if (fault?.drop === true && fault.answer === undefined) return cut(session);
        if (fault?.answer !== undefined && fault.answer >= 400) {
          callback(Object.assign(new Error(fault.text ?? 'scripted'), { responseCode: fault.answer }));
        } else callback(null, fault?.text ?? 'queued as 1');
        if (fault?.drop === true) setImmediate(cut, session);
      })();
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;

  return {
    settings: {
      host: '127.0.0.1',
      port,
      security,
      username: user?.name,
      password: user?.password,
      allowSelfSigned: true,
    },
    script,
    received,
    get connections() {
      return connections;
    },
    count: (messageId) => received.filter((message) => message.messageId === messageId).length,
    reset() {
      script.clear();
      received.length = 0;
    },
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

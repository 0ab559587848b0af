import { isLoopbackHost } from '../../domain/is-loopback-host.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { composeMessage } from '../compose/compose-message.ts';
import { createSession, type SmtpSession, type SmtpTimeouts } from './create-session.ts';
import { findLoginFailure, login } from './login.ts';
import type { Sender, SendResult } from './sender.ts';
import { isSmtpFailure, type Progress } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import { toSendResult } from './to-send-result.ts';
import { transmit } from './transmit.ts';

const TIMEOUTS: SmtpTimeouts = { connectMs: 30_000, idleMs: 120_000, totalMs: 300_000 };
const PING_FIX = 'Check SMTP_HOST, SMTP_PORT and SMTP_SECURITY.';

/** Plain text and unsigned certificates never leave this machine, whoever built the settings. */
function checkSecurity({ host, security, allowSelfSigned }: SmtpSettings): void {
  if (isLoopbackHost(host) || (security !== 'none' && !allowSelfSigned)) return;
  throw new ServiceError('InvalidInput', 'SMTP without verified TLS is only for loopback hosts', {
    fix: 'Set SMTP_SECURITY to tls or starttls and unset SMTP_ALLOW_SELF_SIGNED',
  });
}

function toPingError(result: SendResult): ServiceError {
  if (result.kind === 'refused') return new ServiceError('Rejected', result.response);
  if (result.kind !== 'deferred') return new ServiceError('Unavailable', 'No answer', { fix: PING_FIX });
  const { reason, retryAfterMs, offline = false } = result;
  return new ServiceError('Unavailable', reason, {
    ...(offline ? { fix: PING_FIX } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/**
 * A sender over SMTP (RFC 5321), one connection per message: an idle connection that died would turn a clean retry
 * into a guess. All recipients or none.
 * @throws ServiceError InvalidInput for plain text or unverified TLS to another machine.
 */
export function createSmtpSender(settings: SmtpSettings, timeouts: SmtpTimeouts = TIMEOUTS): Sender {
  checkSecurity(settings);
  const live = new Set<SmtpSession>();

  /** Runs `work` logged in; errors come back as results, except a refused login. */
  async function converse(
    signal: AbortSignal,
    work: (session: SmtpSession, advance: (progress: Progress) => void) => Promise<SendResult>,
  ): Promise<SendResult> {
    let progress: Progress = 'connecting';
    const session = createSession(settings, timeouts, signal);
    live.add(session);
    session.connection.once('end', () => live.delete(session));
    try {
      await login(session, settings);
      const result = await work(session, (next) => {
        progress = next;
      });
      if (result.kind === 'sent') session.quit();
      else session.drop();
      return result;
    } catch (error) {
      session.drop();
      const refused = findLoginFailure(error);
      if (refused) throw refused;
      if (isSmtpFailure(error)) return toSendResult(error, progress);
      throw error;
    }
  }

  return {
    async send({ draft, messageIdHeader, signal }) {
      const message = await composeMessage(draft, messageIdHeader);
      return converse(signal, (session, advance) => transmit(session, message, advance));
    },

    async ping(signal) {
      const result = await converse(signal, () => Promise.resolve({ kind: 'sent', response: '' }));
      if (result.kind !== 'sent') throw toPingError(result);
    },

    close() {
      for (const session of live) session.drop();
      return Promise.resolve();
    },
  };
}

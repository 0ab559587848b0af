import { ServiceError } from '../../domain/service-error.ts';
import type { SmtpSession } from './create-session.ts';
import { maskResponse } from './mask-response.ts';
import { isSmtpFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-settings.ts';

const FIX = 'Check SMTP_USERNAME and SMTP_PASSWORD; many providers want an app password';

/** A refused login (535), or a server that wants one (530); undefined for everything else, 454 included (RFC 4954). */
export function findLoginFailure(error: unknown): ServiceError | undefined {
  if (!isSmtpFailure(error)) return undefined;
  const { code, responseCode: answer = 0 } = error;
  const refused = code === 'EAUTH' && (answer === 0 || answer >= 500);
  if (!refused && answer !== 530 && answer !== 535) return undefined;
  const said = error.response === undefined ? '' : `: ${maskResponse(error.response)}`;
  return new ServiceError('AuthenticationFailed', `The SMTP server refused the login${said}`, {
    fix: FIX,
    details: { code: answer },
  });
}

/** Connects, greets, secures and logs in. Rejects with nodemailer's error. */
export async function login(session: SmtpSession, settings: SmtpSettings): Promise<void> {
  const { connection } = session;
  await session.step<void>((done) => connection.connect(done));
  const { username: user, password: pass } = settings;
  if (user === undefined || pass === undefined) return;
  await session.step<boolean>((done) => connection.login({ user, pass }, done));
}

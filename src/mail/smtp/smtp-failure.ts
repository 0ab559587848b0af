/**
 * How far a send came. Only after `dot` may the server have the message: the last bytes, `.` on a line of its own,
 * were handed to the socket (RFC 5321 4.1.1.4).
 */
export type Progress = 'connecting' | 'envelope' | 'body' | 'dot';

/** What nodemailer's SMTPConnection and our own guards put on an error. */
export interface SmtpFailure {
  readonly message: string;
  /** EAUTH, ETLS, EENVELOPE, EMESSAGE, ECONNECTION, ESOCKET, ETIMEDOUT, EDNS, EPROTOCOL; ours: ABORTED. */
  readonly code?: string | undefined;
  /** The code of the system error behind it: ECONNREFUSED, DEPTH_ZERO_SELF_SIGNED_CERT. */
  readonly originalCode?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  /** CONN, EHLO, STARTTLS, AUTH <method>, MAIL FROM, RCPT TO, DATA, API. */
  readonly command?: string | undefined;
}

export function isSmtpFailure(error: unknown): error is Error & SmtpFailure {
  return error instanceof Error;
}

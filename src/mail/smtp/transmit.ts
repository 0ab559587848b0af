import { Readable } from 'node:stream';
import type {
  SMTPConnectionEnvelope,
  SMTPConnectionSendInfo,
  SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import type { ComposedMessage } from '../compose/compose-message.ts';
import type { SmtpSession } from './create-session.ts';
import { maskResponse } from './mask-response.ts';
import type { SendResult } from './sender.ts';
import { isSmtpFailure, type Progress } from './smtp-failure.ts';
import { judgeRecipients } from './to-send-result.ts';

const CHUNK = 16_384;

/**
 * Sends one composed message over a session that is logged in. nodemailer asks for the body only after the server
 * took DATA, and keeps its notes in the envelope object it was given: that moment decides whether all go on.
 * Rejects with nodemailer's error; `advance` tells how far it came.
 */
export async function transmit(
  session: SmtpSession,
  message: ComposedMessage,
  advance: (progress: Progress) => void,
): Promise<SendResult> {
  const { raw, envelopeFrom, envelopeTo } = message;
  const envelope: SMTPEnvelope & Partial<Pick<SMTPConnectionEnvelope, 'rejectedErrors'>> = {
    from: envelopeFrom,
    to: [...envelopeTo],
    size: raw.length,
  };
  const judge = () => judgeRecipients(envelope.rejectedErrors ?? [], envelopeTo.length);
  advance('envelope');

  const sending = session.step<SMTPConnectionSendInfo | SendResult>((done) => {
    let offset = 0;
    const body = new Readable({
      highWaterMark: 1,
      read() {
        const partial = offset === 0 ? judge() : undefined;
        if (partial) {
          done(null, partial);
          return;
        }
        advance(offset < raw.length ? 'body' : 'dot');
        this.push(offset < raw.length ? raw.subarray(offset, offset + CHUNK) : null);
        offset += CHUNK;
      },
    });
    session.connection.send(envelope, body, done);
  });
  const info = await sending.catch((error: unknown) => {
    // With PIPELINING a refused MAIL FROM makes the server refuse each RCPT TO as well; those say nothing new.
    const refused = isSmtpFailure(error) && error.command !== 'MAIL FROM' ? judge() : undefined;
    if (refused) return refused;
    throw error;
  });
  if (info !== undefined && 'kind' in info) return info;
  return { kind: 'sent', response: maskResponse(info?.response ?? '') };
}

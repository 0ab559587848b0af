import type { EnvironmentReader } from './environment-reader.ts';
import type { PushTokenSettings } from './mail/gmail/create-push-verifier.ts';

const GOOGLE_KEYS = 'https://www.googleapis.com/oauth2/v3/certs';

/** How notifications of Gmail prove themselves; undefined: none are taken. */
export function readGmailPush(read: EnvironmentReader): PushTokenSettings | undefined {
  const audience = read.text('MAILROOM_GMAIL_PUSH_AUDIENCE');
  const serviceAccount = read.text('MAILROOM_GMAIL_PUSH_SERVICE_ACCOUNT');
  const keysUrl = read.url('MAILROOM_GMAIL_PUSH_KEYS_URL', ['https:', 'http:']) ?? GOOGLE_KEYS;
  if (audience !== undefined && serviceAccount !== undefined) return { audience, serviceAccount, keysUrl };
  if (audience === undefined && serviceAccount === undefined) return undefined;
  const missing = audience === undefined ? 'AUDIENCE' : 'SERVICE_ACCOUNT';
  return read.fault(
    `MAILROOM_GMAIL_PUSH_${missing} is missing. Set it too, as the push subscription of Pub/Sub says, or unset the other.`,
  );
}

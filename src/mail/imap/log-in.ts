import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';
import { type ConnectOptions, connect } from './connect.ts';

/**
 * A connection that is logged in, by password or by OAuth token (XOAUTH2; OAUTHBEARER, RFC 7628). A token that the
 * server refuses is refreshed once. Throws what `connect` throws.
 */
export async function logIn(
  settings: ImapSettings,
  credentials: Credentials,
  signal?: AbortSignal,
  options?: ConnectOptions,
): Promise<ImapFlow> {
  if (credentials.kind === 'password')
    return connect(settings, { kind: 'password', secret: credentials.password }, signal, options);
  const first = await credentials.getAccessToken();
  const tryToken = (secret: string) => connect(settings, { kind: 'token', secret }, signal, options);
  try {
    return await tryToken(first);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'AuthenticationFailed') throw error;
    const second = await credentials.getAccessToken(first);
    if (second === first) throw error;
    return tryToken(second);
  }
}

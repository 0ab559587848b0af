import { createOAuthClient } from './create-oauth-client.ts';
import { judgeGrant, type SignInAccount } from './create-sign-ins.ts';
import { toTokens } from './request-tokens.ts';
import { toOAuthError } from './to-oauth-error.ts';
import type { Tokens } from './tokens.ts';

/** What a person types where. */
export interface DeviceCode {
  readonly url: string;
  readonly code: string;
  readonly minutes: number;
}

/**
 * Signs in by a code that is typed into a browser anywhere (RFC 8628). Asks as often as the provider allows, more
 * slowly when it says `slow_down`, until it is done, refused or too old. Throws ServiceError.
 */
export async function signInByDevice(
  { account, clientSecret }: SignInAccount,
  onCode: (code: DeviceCode) => void,
  signal?: AbortSignal,
): Promise<{ readonly tokens: Tokens; readonly note: string | undefined }> {
  const { openid, configuration, host } = await createOAuthClient(account.oauth, clientSecret);
  const secrets: (string | undefined)[] = [clientSecret];
  try {
    const scope = account.oauth.scopes.join(' ');
    const device = await openid.initiateDeviceAuthorization(configuration, { scope });
    secrets.push(device.device_code);
    onCode({
      url: device.verification_uri_complete ?? device.verification_uri,
      code: device.user_code,
      minutes: Math.max(1, Math.round(device.expires_in / 60)),
    });
    const end = AbortSignal.timeout(Math.min(device.expires_in, 86_400) * 1_000);
    const answer = await openid.pollDeviceAuthorizationGrant(configuration, device, undefined, {
      signal: signal === undefined ? end : AbortSignal.any([end, signal]),
    });
    const note = judgeGrant(account, answer);
    return { tokens: toTokens(answer, undefined, new Date()), note };
  } catch (error) {
    signal?.throwIfAborted();
    throw toOAuthError(error, { accountId: account.id, host, secrets });
  }
}

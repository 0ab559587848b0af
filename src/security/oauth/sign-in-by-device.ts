import { FAILURES } from '../../domain/failure.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { createOAuthClient, type OAuthClient } from './create-oauth-client.ts';
import { judgeGrant, type SignInAccount } from './create-sign-ins.ts';
import { toTokens } from './request-tokens.ts';
import { toOAuthError } from './to-oauth-error.ts';
import type { Tokens } from './tokens.ts';

/** RFC 8628 3.2: where the provider names none. */
const USUAL_INTERVAL_S = 5;
/** RFC 8628 3.5: by so much `slow_down` lengthens the interval "for this and all subsequent requests". */
const SLOWER_S = 5;
const MOST_BACKOFF_S = 60;
const WORD = /"error"\s{0,9}:\s{0,9}"(authorization_pending|slow_down)"/;

/** What a person types where. */
export interface DeviceCode {
  readonly url: string;
  readonly code: string;
  readonly minutes: number;
}

/**
 * Signs in by a code that is typed into a browser anywhere (RFC 8628). Asks as often as the provider allows, more
 * slowly when it says `slow_down` or fails for now, until it is done, refused or too old. Throws ServiceError.
 */
export async function signInByDevice(
  { account, clientSecret }: SignInAccount,
  onCode: (code: DeviceCode) => void,
  signal?: AbortSignal,
): Promise<{ readonly tokens: Tokens; readonly note: string | undefined }> {
  const client = await createOAuthClient(account.oauth, clientSecret);
  const { openid, configuration, host } = client;
  const secrets: (string | undefined)[] = [clientSecret];
  const toError = (error: unknown) => toOAuthError(error, { accountId: account.id, host, secrets });
  try {
    const scope = account.oauth.scopes.join(' ');
    const device = await openid.initiateDeviceAuthorization(configuration, { scope });
    secrets.push(device.device_code);
    const minutes = Math.max(1, Math.round(device.expires_in / 60));
    onCode({
      url: device.verification_uri_complete ?? device.verification_uri,
      code: device.user_code,
      minutes,
    });
    const end = AbortSignal.timeout(Math.min(device.expires_in, 86_400) * 1_000);
    const stop = signal === undefined ? end : AbortSignal.any([end, signal]);
    let pace = device.interval ?? USUAL_INTERVAL_S;
    let last: ServiceError | undefined;
    onWord(client, (word) => {
      last = undefined;
      if (word === 'slow_down') pace += SLOWER_S;
    });
    const poll = async (interval: number) => {
      try {
        return await openid.pollDeviceAuthorizationGrant(configuration, { ...device, interval }, undefined, {
          signal: stop,
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (end.aborted) throw last ?? toLate(minutes);
        last = toError(error);
        if (!FAILURES[last.type].retried) throw last;
        return undefined;
      }
    };
    for (let interval = pace; ; interval = Math.max(pace, (last?.retryAfterMs ?? 0) / 1_000)) {
      const answer = await poll(interval);
      if (answer === undefined) {
        pace = Math.max(pace, Math.min(pace * 2, MOST_BACKOFF_S));
        continue;
      }
      const note = judgeGrant(account, answer);
      return { tokens: toTokens(answer, undefined, new Date()), note };
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw toError(error);
  }
}

/** The client goes on by itself after these words, and does not tell of them. */
function onWord({ openid, configuration }: OAuthClient, hear: (word: string) => void): void {
  const ask = configuration[openid.customFetch];
  if (ask === undefined) return;
  configuration[openid.customFetch] = async (url, options) => {
    const answer = await ask(url, options);
    const word = answer.ok ? undefined : WORD.exec(await answer.clone().text())?.[1];
    if (word !== undefined) hear(word);
    return answer;
  };
}

function toLate(minutes: number): ServiceError {
  return new ServiceError('Unavailable', `Nobody entered the code within ${minutes} minutes.`, {
    fix: 'Sign in again, and enter the new code.',
  });
}

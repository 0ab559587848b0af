import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type DeviceCode, signInByDevice } from '../../../src/security/oauth/sign-in-by-device.ts';
import { refused, startDeviceProvider } from '../../support/oauth/start-device-provider.ts';

/** The client waits for a moment only, and what it asked to wait for is told, in milliseconds; sockets keep their time. */
function hurry(): number[] {
  const waits: number[] = [];
  const wait = globalThis.setTimeout;
  const shorten = (work: () => void, ms = 0) => {
    if (new Error().stack?.includes('openid-client') !== true) return wait(work, ms);
    waits.push(ms);
    return wait(work, 1);
  };
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(shorten as typeof setTimeout);
  onTestFinished(() => spy.mockRestore());
  return waits;
}

describe('a sign-in by a code', () => {
  test('shows where to type what, waits until it is done, and slows down when it is told to', async () => {
    const { asked, found } = await startDeviceProvider(
      refused('authorization_pending'),
      refused('slow_down'),
    );
    const shown: DeviceCode[] = [];
    const waits = hurry();
    const { tokens } = await signInByDevice(found, (code) => shown.push(code));
    expect(shown).toEqual([{ url: 'https://example.com/device', code: 'ABCD-EFGH', minutes: 10 }]);
    expect(tokens).toMatchObject({ access: 'new-access', refresh: 'new-refresh' });
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      client_id: 'mailroom',
      device_code: 'device-secret',
    });
    // A second twice, and then five more.
    expect(waits).toEqual([1_000, 1_000, 5_000, 1_000]);
  });

  // RFC 8628 3.5: after a timeout a client asks less often; that it gives up is not said.
  test('goes on, more slowly, while the provider fails for a moment', async () => {
    const { asked, found } = await startDeviceProvider(
      [0, {}],
      [502, {}],
      [429, { error: 'invalid_request' }],
    );
    const waits = hurry();
    expect((await signInByDevice(found, () => undefined)).tokens.access).toBe('new-access');
    expect(asked).toHaveLength(4);
    // Half a minute after 429, as it does not say how long.
    expect(waits).toEqual([1_000, 2_000, 4_000, ...Array.from({ length: 6 }, () => 5_000)]);
  });

  test('stays as slow as it was told to be after a failure', async () => {
    const { found } = await startDeviceProvider(
      refused('slow_down'),
      refused('slow_down'),
      [502, {}],
      refused('authorization_pending'),
    );
    const waits = hurry();
    await signInByDevice(found, () => undefined);
    const sum = waits.reduce((all, ms) => all + ms, 0);
    // 1 and twice 5 more, and then twice as long, two times.
    expect(sum).toBe((1 + 6 + 11 + 22 + 22) * 1_000);
  });

  test.each([
    [[], refused('authorization_pending'), 'Nobody entered the code within 10 minutes.'],
    [[[502, {}] as const], refused('authorization_pending'), 'Nobody entered the code within 10 minutes.'],
    [[refused('authorization_pending')], [502, {}] as const, /it answered 502/],
  ])('once the code is too old, after %j the last of %j is told', async (first, answer, words) => {
    const end = new AbortController();
    const inTime = vi.spyOn(AbortSignal, 'timeout');
    inTime.mockImplementation((ms) => (ms === 600_000 ? end.signal : new AbortController().signal));
    onTestFinished(() => inTime.mockRestore());
    const { asked, found } = await startDeviceProvider(
      ...first,
      ...Array.from({ length: 1_000 }, () => answer),
    );
    hurry();
    const signedIn = signInByDevice(found, () => undefined);
    void vi.waitUntil(() => asked.length > 2, { interval: 1 }).then(() => end.abort());
    await expect(signedIn).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringMatching(words),
    });
  });

  test.each(['access_denied', 'expired_token'])('%s ends it, and no code is shown', async (error) => {
    const { found } = await startDeviceProvider(refused(error));
    hurry();
    const failure = await signInByDevice(found, () => undefined).catch((reason: unknown) => reason);
    expect(failure).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining(`about *** (${error})`),
    });
    expect(String(failure)).not.toContain('device-secret');
  });

  test('a grant without a refresh token is not kept', async () => {
    const { found } = await startDeviceProvider([200, { access_token: 'a', token_type: 'Bearer' }]);
    hurry();
    await expect(signInByDevice(found, () => undefined)).rejects.toMatchObject({
      type: 'PermissionDenied',
      fix: expect.stringContaining('offline_access'),
    });
  });

  test('ends when it is called off', async () => {
    const { found } = await startDeviceProvider();
    const stop = new AbortController();
    const call = signInByDevice(found, () => stop.abort(new Error('called off')), stop.signal);
    await expect(call).rejects.toThrow('called off');
  });
});

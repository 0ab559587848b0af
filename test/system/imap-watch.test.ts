import { expect, onTestFinished, test, vi } from 'vitest';
import { createSession } from '../../src/mail/imap/create-session.ts';
import { watchFolders } from '../../src/mail/imap/watch-folders.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import { BY_PASSWORD, toMail, toSettings } from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const EVENTUALLY = { timeout: 10_000, interval: 2 };

describeUnless(obstacle, 'a watch of several folders', () => {
  const { getServer, newUser, startProxy } = useDovecot();

  async function watch(folders: readonly string[], othersMs: number) {
    const [proxy, user] = [await startProxy(), newUser()];
    for (const folder of folders) await getServer().append(user, folder, toMail('before'));
    const session = createSession(toSettings(proxy, user), BY_PASSWORD);
    onTestFinished(() => session.close());
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const seen = { arrivals: 0, looks: 0 };
    let idles = 0;
    proxy.onChunk((chunk, way) => {
      if (way === 'up' && chunk.includes('IDLE')) idles += 1;
      if (way === 'up' && chunk.includes(`STATUS ${folders.at(-1)} `)) seen.looks += 1;
    });
    const onArrival = () => (seen.arrivals += 1);
    const outcome = watchFolders(
      session,
      folders,
      { signal: stop.signal, onArrival },
      { othersMs, withoutIdleMs: othersMs },
    );
    outcome.catch(() => undefined);
    await vi.waitFor(() => expect([idles > 0, seen.arrivals]).toEqual([true, folders.length]), EVENTUALLY);
    return { proxy, user, seen, idles: () => idles };
  }

  test('hears of mail in the first one whatever moment of a look it comes in, and of mail in the others', async () => {
    const { user, seen, idles } = await watch(['INBOX', 'Desk'], 55);
    const before = idles();
    for (let n = 0; n < 40; n++) {
      const arrivals = seen.arrivals;
      await getServer().append(user, n % 4 === 3 ? 'Desk' : 'INBOX', toMail(`n${n}`));
      await vi.waitFor(() => expect(seen.arrivals).toBeGreaterThan(arrivals), EVENTUALLY);
    }
    expect(idles()).toBeGreaterThan(before + 5);
  });

  test.each([1, 4])('costs few bytes, with %d folders beside the first', async (count) => {
    const others = Array.from({ length: count }, (_, n) => `Desk${n}`);
    const { proxy, seen } = await watch(['INBOX', ...others], 200);
    const from = seen.looks;
    proxy.reset();
    await vi.waitFor(() => expect(seen.looks).toBeGreaterThanOrEqual(from + 10), EVENTUALLY);
    const { up, down } = proxy.counts;
    const each = (up + down) / (seen.looks - from);
    console.log(`a look at ${count} other folders: ${each.toFixed(0)} bytes`);
    expect(each).toBeLessThan(300 + 250 * count);
  });
});

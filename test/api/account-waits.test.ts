import { afterAll, beforeAll, expect, test } from 'vitest';
import { resumeAccount } from '../../api/operations/resume-account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { ACCOUNT, seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const get = (url: string) => api.app.inject({ url });

test.each([
  ['pull', 'hybrid', ['pullNow', 'eager']],
  ['resume', 'auto', undefined],
] as const)(
  'a person who says %s has the provider asked now, whatever it asked for',
  async (verb, mode, last) => {
    const { accounts } = api.stores;
    const pending = { ...ACCOUNT, id: 'eager', kind: 'graph', mode } as const;
    await api.sql`delete from account where id = 'eager'`;
    await accounts.add(pending, undefined);
    const ask = () =>
      accounts.recordPull('eager', 'later', { forMs: 3_600_000, reason: 'later', at: undefined });
    await ask();
    expect((await get('/api/accounts/eager')).json().health.fix).toContain(
      `npm run mailroom -- ${verb === 'pull' ? 'pull' : 'account resume'} eager`,
    );
    const say = () => api.app.inject({ method: 'POST', url: `/api/accounts/eager/${verb}` });
    api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached');
    expect((await say()).statusCode).toBe(503);
    expect(await accounts.findWait('eager')).toBeDefined();
    api.controls.reset();
    api.scheduled.length = 0;
    expect((await say()).statusCode).toBeLessThan(300);
    expect(await accounts.findWait('eager')).toBeUndefined();
    expect(api.controls.calls).toEqual([['cancelPull', 'eager'], ...(last === undefined ? [] : [last])]);
    expect(api.scheduled).toEqual(
      verb === 'pull'
        ? []
        : [
            ['ensure', 'eager'],
            ['resume', 'eager'],
          ],
    );
    api.controls.reset();
    await say();
    // A pull that keeps no wait goes on.
    expect(api.controls.calls).toEqual(last === undefined ? [] : [last]);
  },
);

test('an account that Temporal cannot resume stays paused, and says so', async () => {
  const { accounts } = api.stores;
  await accounts.add({ ...ACCOUNT, id: 'away', mode: 'auto' }, undefined);
  await accounts.changeState('away', 'paused', 'The server refused the password');
  const down = () => Promise.reject(new ServiceError('Unavailable', 'Temporal cannot be reached'));
  const schedules = { ensure: down, pause: down, resume: down, remove: down };
  await expect(resumeAccount({ accounts, controls: api.controls, schedules }, 'away')).rejects.toMatchObject({
    type: 'Unavailable',
  });
  // Else nobody is told to try again, and its schedule stays paused.
  expect(await accounts.get('away')).toMatchObject({ state: 'paused', stateReason: expect.any(String) });
});

test('an account whose provider asked for an hour waits until then, and is neither stuck nor failing', async () => {
  await seedMail(api, [{ subject: 'read' }], 'told');
  await api.sql`update message set state = 'settled' where account_id = 'told'`;
  await api.sql`update account set kind = 'imap', mode = 'auto', files = null where id = 'told'`;
  const at = (await api.stores.intake.findCursor('told')) ?? undefined;
  const words = 'graph.microsoft.com asks to slow down: TooManyRequests';
  await api.stores.accounts.recordPull('told', words, { forMs: 3_600_000, reason: words, at });
  await api.sql`update account set last_pull_at = now() - interval '40 minutes' where id = 'told'`;
  await api.sql`update provider_wait set asked_at = now() - interval '40 minutes', until = '2099-01-01T10:40:00Z'`;
  const far = (await get('/api/accounts/told')).json().health;
  // No provider is left alone for years.
  expect(far).toMatchObject({ state: 'failing', waitsUntil: null });
  await api.sql`update provider_wait set until = date_trunc('minute', now()) + interval '20 minutes'`;
  const { health } = (await get('/api/accounts/told')).json();
  const time = health.waitsUntil.slice(11, 16);
  expect(health).toMatchObject({ state: 'waiting', errors: [] });
  expect(health.reason).toMatch(
    new RegExp(`^Waiting until (?:\\S+ )?${time} UTC because its provider asked: graph`),
  );
  const { body } = await get('/metrics');
  expect(body).toContain('mailroom_account_health{account="told",state="waiting"} 1');
  expect(body).toContain('mailroom_account_health{account="told",state="stuck"} 0');
  const until = Date.parse(health.waitsUntil) / 1000;
  expect(body).toContain(`mailroom_account_waiting_until_timestamp_seconds{account="told"} ${until}`);
});

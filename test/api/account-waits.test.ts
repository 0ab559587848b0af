import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const get = (url: string) => api.app.inject({ url });

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

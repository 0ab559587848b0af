import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { openGmailMailbox } from '../../../src/mail/gmail/open-gmail-mailbox.ts';
import { ADDRESS, startGmail, TOKEN } from '../../support/gmail/open-gmail.ts';
import { pageRequest } from './read-all.ts';

const mail = (name: string): string => `From: ada@example.com\r\nSubject: ${name}\r\n\r\nHello\r\n`;

/** The error of a call, and that it shows no token, however deep one looks. */
async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error(`Not a ServiceError: ${inspect(error)}`);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN);
  return error;
}

describe('Gmail that refuses or fails', () => {
  test('a refused token is renewed once, and the call goes on', async () => {
    const { fake, mailbox, open } = await startGmail();
    mailbox.deliver(mail('hello'));
    fake.refuseToken(TOKEN);
    const asked: (string | undefined)[] = [];
    const account = await open({}, async (refused) => {
      asked.push(refused);
      if (refused === TOKEN) fake.acceptToken('fresh', ADDRESS);
      return refused === undefined && fake.requests.length === 0 ? TOKEN : 'fresh';
    });
    expect((await account.readPage(pageRequest())).items.length).toBe(1);
    expect(asked.slice(0, 2)).toEqual([undefined, TOKEN]);
    expect(asked.filter((refused) => refused !== undefined)).toEqual([TOKEN]);
  });

  test('a token that is refused again ends with the words of Google, and without the token', async () => {
    const { fake, open } = await startGmail();
    fake.refuseToken(TOKEN);
    const account = await open();
    const error = await failureOf(account.readPage(pageRequest()));
    expect(error).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining('Request had invalid authentication credentials: ***'),
      fix: expect.stringContaining('account login'),
    });
    expect(fake.requests.length).toBe(2);
  });

  test.each([
    ['429', 'RateLimited', 1_000],
    ['403', 'RateLimited', 1_000],
    ['500', 'Unavailable', undefined],
    ['503', 'Unavailable', 1_000],
    ['reset', 'Unavailable', undefined],
    ['cut', 'Unavailable', undefined],
    ['html', 'Unavailable', undefined],
  ] as const)('%s is %s, asked once: retries are the caller’s', async (fault, type, retryAfterMs) => {
    const { fake, open } = await startGmail();
    const account = await open();
    fake.faults.script(fault);
    expect(await failureOf(account.readPage(pageRequest()))).toMatchObject({ type, retryAfterMs });
    expect(Object.values(fake.faults.counts)).toEqual([1]);
    expect(fake.requests.length).toBe(fault === 'cut' ? 1 : 0);
  });

  test('a right that is missing is told with the scope to allow', async () => {
    const { fake, open } = await startGmail();
    const account = await open();
    fake.faults.script('scope');
    expect(await failureOf(account.probe(new AbortController().signal))).toMatchObject({
      type: 'PermissionDenied',
      message: expect.stringContaining('insufficient authentication scopes'),
      fix: expect.stringContaining('https://www.googleapis.com/auth/gmail.modify'),
    });
  });

  test('an administrator who forbids it is told, instead of a scope that is there', async () => {
    const { fake, open } = await startGmail();
    const account = await open();
    fake.faults.script('policy');
    expect(await failureOf(account.readPage(pageRequest()))).toMatchObject({
      type: 'PermissionDenied',
      fix: expect.stringContaining('administrator of the domain'),
    });
  });

  test('a page that a fault cut short keeps what it has, and the rest follows', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (let i = 0; i < 12; i++) mailbox.deliver(mail(`n${i}`));
    const account = await open();
    // Labels, profile, history, list, then the messages.
    fake.faults.script(...Array.from({ length: 4 + 7 }, () => 'none' as const), '503');
    const first = await account.readPage(pageRequest());
    expect([first.items.length, first.done]).toEqual([9, false]);
    expect(first.waitMs).toBeUndefined();
    const second = await account.readPage(pageRequest({ cursor: first.cursor }));
    expect(new Set([...first.items, ...second.items].map(({ label }) => label)).size).toBe(12);
  });

  test('a page that was cut short because it was too much says how long to wait', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (let i = 0; i < 7; i++) mailbox.deliver(mail(`n${i}`));
    fake.retryAfter = '600';
    fake.faults.script(...Array.from({ length: 4 + 5 }, () => 'none' as const), '429');
    const page = await (await open()).readPage(pageRequest());
    expect([page.items.length, page.done]).toEqual([6, false]);
    expect(page.waitMs).toBeGreaterThan(300_000);
  });

  test('a wait of hours is told as it is: who asks before may be told to wait for longer', async () => {
    const { fake, open } = await startGmail();
    fake.retryAfter = '7200';
    fake.faults.script('429');
    expect(await failureOf((await open()).readPage(pageRequest()))).toMatchObject({
      type: 'RateLimited',
      retryAfterMs: 7_200_000,
    });
  });

  test('of several waits that are asked for at once the longest counts', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (let i = 0; i < 5; i++) mailbox.deliver(mail(`n${i}`));
    const waits = ['600', '1', '1'];
    Object.defineProperty(fake, 'retryAfter', { get: () => waits.shift() });
    fake.faults.script(...Array.from({ length: 4 + 2 }, () => 'none' as const), '429', '429', '429');
    const page = await (await open()).readPage(pageRequest());
    expect(page.items).toHaveLength(2);
    expect(page.waitMs).toBeGreaterThan(300_000);
  });

  test('a message that is never handed over is parked once the others are read; an outage parks nothing', async () => {
    const { fake, mailbox, open } = await startGmail();
    const bad = mailbox.deliver(mail('bad'));
    mailbox.deliver(mail('good'));
    fake.poisoned.set(bad, 500);
    const account = await open();
    const first = await account.readPage(pageRequest());
    expect(first.items.map(({ fault }) => fault)).toEqual([undefined]);
    fake.faults.set({ '503': 1 });
    expect((await failureOf(account.readPage(pageRequest({ cursor: first.cursor })))).type).toBe(
      'Unavailable',
    );
    fake.faults.set({});
    const second = await account.readPage(pageRequest({ cursor: first.cursor }));
    expect(second.items).toMatchObject([{ providerKey: `gmail:${bad}`, fault: { type: 'Unavailable' } }]);
    expect((await account.readPage(pageRequest({ cursor: second.cursor }))).done).toBe(true);
  });

  test.each([400, 403] as const)(
    'a message refused with %i for good is parked, and the next one is read',
    async (status) => {
      const { fake, mailbox, open } = await startGmail();
      const bad = mailbox.deliver(mail('bad'));
      mailbox.deliver(mail('good'));
      fake.poisoned.set(bad, status);
      const account = await open();
      const first = await account.readPage(pageRequest());
      expect(first.items.map(({ fault }) => fault)).toEqual([undefined]);
      const second = await account.readPage(pageRequest({ cursor: first.cursor }));
      expect(second.items).toMatchObject([{ providerKey: `gmail:${bad}`, fault: { type: 'Unavailable' } }]);
      const late = mailbox.deliver(mail('late'));
      const third = await account.readPage(pageRequest({ cursor: second.cursor }));
      expect(third.items).toMatchObject([{ providerKey: `gmail:${late}`, fault: undefined }]);
    },
  );

  test('where every message is refused it is our rights, and nothing is parked', async () => {
    const { fake, mailbox, open } = await startGmail();
    for (const name of ['a', 'b']) fake.poisoned.set(mailbox.deliver(mail(name)), 403);
    const account = await open();
    expect((await failureOf(account.readPage(pageRequest()))).type).toBe('PermissionDenied');
  });

  test('120 messages through one fault in eight requests: each exactly once', async () => {
    const { fake, mailbox, open } = await startGmail();
    const ids = Array.from({ length: 60 }, (_, i) => mailbox.deliver(mail(`n${i}`), undefined, i));
    fake.faults.set({ '429': 0.03, '403': 0.02, '500': 0.02, '503': 0.02, reset: 0.02, cut: 0.02 }, 7);
    const account = await open();
    const seen = new Map<string, number>();
    let cursor: string | undefined;
    let failures = 0;
    for (let pages = 0; pages < 2_000; pages++) {
      const page = await account
        .readPage(pageRequest({ cursor, maxItems: 20, findKnown: async (keys) => keysOf(keys) }))
        .catch((error: unknown) => {
          if (!(error instanceof ServiceError)) throw error;
          failures++;
          return undefined;
        });
      if (page === undefined) continue;
      for (const { providerKey } of page.items) seen.set(providerKey, (seen.get(providerKey) ?? 0) + 1);
      cursor = page.cursor;
      if (ids.length < 120) ids.push(mailbox.deliver(mail(`late${ids.length}`)));
      if (pages === 10) mailbox.expireHistory();
      else if (page.done && ids.length === 120) break;
    }
    expect(failures).toBeGreaterThan(0);
    expect([...seen].filter(([, count]) => count !== 1)).toEqual([]);
    expect([...seen.keys()].sort()).toEqual(ids.map((id) => `gmail:${id}`).sort());

    function keysOf(keys: readonly string[]) {
      return new Set(keys.filter((key) => seen.has(key)));
    }
  });

  test('an abort ends with its own reason', async () => {
    const { open } = await startGmail();
    const account = await open();
    const signal = AbortSignal.abort(new Error('shutting down'));
    await expect(account.readPage(pageRequest({ signal }))).rejects.toThrow('shutting down');
  });

  test('a password is refused with what to do, and so are settings without a label', async () => {
    const settings = { labels: ['INBOX'], topic: undefined, baseUrl: 'http://127.0.0.1:1' };
    await expect(openGmailMailbox(settings, { kind: 'password', password: 'x' })).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('account login'),
    });
    const token = { kind: 'token', getAccessToken: async () => TOKEN } as const;
    await expect(openGmailMailbox({ ...settings, labels: [] }, token)).rejects.toMatchObject({
      type: 'InvalidInput',
    });
  });
});

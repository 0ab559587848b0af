import { createHmac } from 'node:crypto';
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createPushVerifier } from '../../src/mail/gmail/create-push-verifier.ts';
import { type FakeGmail, startFakeGmail } from '../support/gmail/start-fake-gmail.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { ACCOUNT } from './support/seed-mail.ts';

const AUDIENCE = 'https://mail.example.com/webhooks/gmail';
const SERVICE_ACCOUNT = 'push@demo.iam.gserviceaccount.com';
const GMAIL = { labels: ['INBOX'], topic: 'projects/demo/topics/mail', baseUrl: 'https://gmail.example.com' };

let fake: FakeGmail;
let api: TestApi;
beforeAll(async () => {
  fake = await startFakeGmail();
  const settings = { audience: AUDIENCE, serviceAccount: SERVICE_ACCOUNT, keysUrl: fake.jwksUrl };
  api = await openTestApi({
    config: { publicUrl: 'https://mail.example.com' },
    verifyGmailPush: await createPushVerifier(settings),
  });
  const add = (id: string, address: string, changes: object = {}) =>
    api.stores.accounts.add(
      { ...ACCOUNT, id, kind: 'gmail', mode: 'auto', address, gmail: GMAIL, ...changes },
      undefined,
    );
  await add('help', 'help@example.com');
  await add('alias', 'orders@example.com');
  await api.stores.push.prepare('alias', Buffer.from('sealed'));
  const expiresAt = new Date(Date.now() + 86_400_000);
  await api.stores.push.save('alias', { id: 'watch:owner@example.com', expiresAt });
  await add('by-hand', 'by-hand@example.com', { mode: 'manual' });
  await add('paused', 'paused@example.com', { state: 'paused' });
});
afterAll(async () => {
  await Promise.all([api.close(), fake.close()]);
});
beforeEach(() => api.controls.reset());

let made = 0;
const toBody = (data: unknown, messageId = `m-${++made}`) => ({
  message: { data: Buffer.from(JSON.stringify(data)).toString('base64'), messageId },
  subscription: 'projects/demo/subscriptions/mailroom',
});
const news = (emailAddress = 'help@example.com') => ({ emailAddress, historyId: 4711 });

function send(body: unknown, token: string | undefined) {
  return api.app.inject({
    method: 'POST',
    url: '/webhooks/gmail',
    headers: {
      'content-type': 'application/json',
      host: 'mail.example.com',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    payload: JSON.stringify(body),
  });
}

interface Claims {
  readonly issuer?: string;
  readonly kid?: string;
  readonly audience?: string;
  readonly email?: string | undefined;
  readonly verified?: unknown;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
}

const now = () => Math.floor(Date.now() / 1_000);

async function sign(claims: Claims = {}, key?: CryptoKey): Promise<string> {
  const email = 'email' in claims ? claims.email : SERVICE_ACCOUNT;
  const verified = 'verified' in claims ? claims.verified : true;
  const issuedAt = claims.issuedAt ?? now();
  return new SignJWT({ email, email_verified: verified })
    .setProtectedHeader({ alg: 'RS256', kid: claims.kid ?? fake.pubSub.kid, typ: 'JWT' })
    .setIssuer(claims.issuer ?? 'https://accounts.google.com')
    .setAudience(claims.audience ?? AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(claims.expiresAt ?? issuedAt + 3_600)
    .sign(key ?? fake.pubSub.privateKey);
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a notification of Gmail', () => {
  test('of Google tells the pull of the mailbox, whatever the case of its address', async () => {
    expect((await send(toBody(news('Help@Example.com')), await sign())).statusCode).toBe(204);
    expect((await send(toBody(news()), await sign({ issuer: 'accounts.google.com' }))).statusCode).toBe(204);
    expect(api.controls.calls).toEqual([
      ['notifyArrival', 'help'],
      ['notifyArrival', 'help'],
    ]);
  });

  test('names the primary address of its mailbox, also when people write to another', async () => {
    expect((await send(toBody(news('Owner@example.com')), await sign())).statusCode).toBe(204);
    expect(api.controls.calls).toEqual([['notifyArrival', 'alias']]);
  });

  test('of a mailbox that is pulled by hand only is left alone', async () => {
    expect((await send(toBody(news('by-hand@example.com')), await sign())).statusCode).toBe(204);
    expect(api.controls.calls).toEqual([]);
  });

  test('that comes twice is acknowledged twice and told once', async () => {
    const [body, token] = [toBody(news()), await sign()];
    for (let copy = 0; copy < 3; copy++) expect((await send(body, token)).statusCode).toBe(204);
    expect(api.controls.calls).toEqual([['notifyArrival', 'help']]);
  });

  test('that cannot be told is refused for now, and is new when it comes again', async () => {
    const [body, token] = [toBody(news()), await sign()];
    api.controls.failure = new ServiceError('Unavailable', 'Temporal is away');
    expect((await send(body, token)).statusCode).toBe(503);
    api.controls.reset();
    expect((await send(body, token)).statusCode).toBe(204);
    expect(api.controls.calls).toEqual([['notifyArrival', 'help']]);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['no token', async () => undefined],
    ['no JWT', async () => 'hello'],
    ['another key under the same id', async () => sign({}, (await generateKeyPair('RS256')).privateKey)],
    ['another audience', () => sign({ audience: 'https://other.example.com' })],
    ['another issuer', () => sign({ issuer: 'https://accounts.example.com' })],
    ['another service account', () => sign({ email: 'other@demo.iam.gserviceaccount.com' })],
    ['no e-mail address', () => sign({ email: undefined })],
    ['an address that is not verified', () => sign({ verified: false })],
    ['one that is only said to be', () => sign({ verified: 'true' })],
    ['expired', () => sign({ issuedAt: now() - 7_200 })],
    ['good for years', () => sign({ issuedAt: now() - 7_200, expiresAt: now() + 86_400_000 })],
    ['of the future', () => sign({ issuedAt: now() + 3_600 })],
    ['alg none', async () => strip(await sign())],
    ['HS256 with the public key', async () => confuse(await sign())],
    ['changed after it was signed', async () => tamper(await sign({ email: 'x@example.com' }))],
    ['far too long', async () => `${await sign()}${'x'.repeat(10_000)}`],
  ])('with %s is refused, and nothing happens', async (_what, make) => {
    const response = await send(toBody(news()), await make());
    expect(response.statusCode).toBe(401);
    expect(api.controls.calls).toEqual([]);
  });

  test('under keys that nobody knows does not send us to Google each time', async () => {
    const asked = fake.counts.get('keys') ?? 0;
    const { privateKey } = await generateKeyPair('RS256');
    for (let n = 0; n < 10; n++) {
      expect((await send(toBody(news()), await sign({ kid: `unknown-${n}` }, privateKey))).statusCode).toBe(
        401,
      );
    }
    expect((fake.counts.get('keys') ?? 0) - asked).toBeLessThanOrEqual(2);
    expect((await send(toBody(news()), await sign())).statusCode).toBe(204);
  });

  test('is checked before its body is read', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/webhooks/gmail',
      headers: { 'content-type': 'application/json', host: 'mail.example.com' },
      payload: '{ not json',
    });
    expect(response.statusCode).toBe(401);
  });

  test('of an unknown or paused mailbox, or one that makes no sense, is acknowledged and does nothing', async () => {
    const token = await sign();
    for (const body of [
      toBody(news('nobody@example.com')),
      toBody(news('paused@example.com')),
      toBody({ emailAddress: 7 }),
      toBody('text'),
      { message: { data: 'bm90IGpzb24=', messageId: '1' } },
      { message: { messageId: '1' } },
      [],
    ]) {
      expect((await send(body, token)).statusCode).toBe(204);
    }
    expect(api.controls.calls).toEqual([]);
  });

  test('goes by the real way: watch, deliver, push, with copies', async () => {
    const port = Number(new URL(await api.app.listen({ port: 0, host: '127.0.0.1' })).port);
    const mailbox = fake.addMailbox('help@example.com', 'token');
    fake.watches.set('help@example.com', {
      topicName: GMAIL.topic,
      labelIds: ['INBOX'],
      expiration: Date.now() + 60_000,
    });
    const url = `http://127.0.0.1:${port}/webhooks/gmail`;
    fake.pubSub.set({ url, audience: AUDIENCE, serviceAccount: SERVICE_ACCOUNT, doubled: 1 });
    mailbox.deliver('Subject: hi\r\n\r\nHello');
    mailbox.deliver('Subject: elsewhere\r\n\r\nHello', ['SPAM']);
    await fake.pubSub.settle();
    expect(fake.pubSub.counts).toMatchObject({ published: 1, doubled: 1, acknowledged: 2, refused: 0 });
    // Two at the same moment may both be told: one signal more does no harm, one less would.
    expect(api.controls.calls).toContainEqual(['notifyArrival', 'help']);
    expect(api.controls.calls.length).toBeLessThanOrEqual(2);
  });
});

function strip(token: string): string {
  const payload = token.split('.')[1];
  return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
}

function confuse(token: string): string {
  const signed = `${encode({ alg: 'HS256', kid: fake.pubSub.kid })}.${token.split('.')[1]}`;
  const secret = JSON.stringify(fake.pubSub.jwks.keys[0]);
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return `${header}.${encode({ ...claims, email: SERVICE_ACCOUNT })}.${signature}`;
}

describe('without a push subscription', () => {
  test('the address says what to set', async () => {
    const bare = await openTestApi();
    try {
      const response = await bare.app.inject({ method: 'POST', url: '/webhooks/gmail', payload: {} });
      expect(response.json()).toMatchObject({
        status: 404,
        fix: expect.stringContaining('MAILROOM_GMAIL_PUSH_AUDIENCE'),
      });
    } finally {
      await bare.close();
    }
  });

  test('keys that cannot be had are no refusal: the provider comes again', async () => {
    const verify = await createPushVerifier({
      audience: AUDIENCE,
      serviceAccount: SERVICE_ACCOUNT,
      keysUrl: 'http://127.0.0.1:1/keys',
    });
    await expect(verify(`Bearer ${await sign()}`)).rejects.toMatchObject({ type: 'Unavailable' });
  });
});

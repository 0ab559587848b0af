import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Where notifications go, and what their token says. */
export interface PushSettings {
  readonly url: string;
  readonly audience: string;
  readonly serviceAccount: string;
  /** Share of notifications that never arrive, and of those that arrive twice. */
  readonly dropped?: number;
  readonly doubled?: number;
}

const REDELIVERIES = 5;
/** Made once in a process: it takes a tenth of a second. */
let keys: ReturnType<typeof generateKeyPair> | undefined;

export type FakePubSub = Awaited<ReturnType<typeof createFakePubSub>>;

/** Pub/Sub with an authenticated push subscription: what is not acknowledged comes again, under the same id. */
export async function createFakePubSub(random: () => number) {
  keys ??= generateKeyPair('RS256', { extractable: true });
  const { publicKey, privateKey } = await keys;
  const kid = 'fake-google-key';
  let settings: PushSettings | undefined;
  let sent = 0;
  const pending = new Set<Promise<void>>();
  const counts = { published: 0, dropped: 0, doubled: 0, acknowledged: 0, refused: 0 };

  async function sign(): Promise<string> {
    return new SignJWT({ email: settings?.serviceAccount, email_verified: true })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer('https://accounts.google.com')
      .setSubject('1')
      .setAudience(settings?.audience ?? '')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  }
  async function deliver(url: string, body: string): Promise<void> {
    for (let tries = 0; tries < REDELIVERIES; tries++) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await sign()}` };
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      if (answer?.ok) return void counts.acknowledged++;
    }
    counts.refused++;
  }

  return {
    counts,
    kid,
    privateKey,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] },
    set(next: PushSettings | undefined) {
      settings = next;
    },
    publish(data: object) {
      if (settings === undefined) return;
      counts.published++;
      const messageId = String(10_000 + sent++);
      const body = JSON.stringify({
        message: {
          data: Buffer.from(JSON.stringify(data)).toString('base64'),
          messageId,
          message_id: messageId,
          publishTime: new Date().toISOString(),
        },
        subscription: 'projects/fake/subscriptions/mailroom',
      });
      if (random() < (settings.dropped ?? 0)) return void counts.dropped++;
      const copies = random() < (settings.doubled ?? 0) ? 2 : 1;
      counts.doubled += copies - 1;
      for (let copy = 0; copy < copies; copy++) {
        const delivery = deliver(settings.url, body).finally(() => pending.delete(delivery));
        pending.add(delivery);
      }
    },
    /** Once all that was published is delivered or given up. */
    async settle() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { generateKeyPair, SignJWT } from 'jose';
import { createMails } from './create-mails.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { AUDIENCE, SERVICE_ACCOUNT } from './start-providers.ts';
import type { RecordedCall } from './start-recorder.ts';

export interface ForgeryResult {
  readonly forgeries: number;
  /** Forged or repeated calls after which a mailbox was read. */
  readonly forgeriesAccepted: number;
  /** The same count of what providers really send: that it can see anything at all. */
  readonly genuine: number;
  readonly genuineAccepted: number;
}

const ACCOUNTS = ['push-graph', 'push-gmail'];
/** A notification that is taken starts its pull within that. */
const LOOK_MS = 1_500;

/** Calls that no provider made: a wrong secret, a wrong signature, and real ones once more. */
export async function runForgery(room: DrillRoom): Promise<ForgeryResult> {
  const real = (path: string) => room.webhooks.calls.findLast((call) => call.path.startsWith(path));
  const [graph, gmail] = [real('/webhooks/graph'), real('/webhooks/gmail')];
  if (graph === undefined || gmail === undefined) throw new Error('No provider has called yet');
  const forged = [
    ...forgeGraph(graph),
    ...(await forgeGmail(gmail)),
    // Replays: exactly what a provider sent, once more.
    ...room.webhooks.calls.slice(-20),
  ];
  await wait(LOOK_MS);
  let accepted = 0;
  for (const call of forged) {
    const before = await countPulls(room);
    await room.webhooks.send(call);
    await wait(LOOK_MS / 3);
    if ((await countPulls(room)) !== before) accepted += 1;
  }
  await wait(LOOK_MS);
  return { forgeries: forged.length, forgeriesAccepted: accepted, ...(await sendGenuine(room)) };
}

/** A message for each of the two, whose notification has to start a pull. */
async function sendGenuine(room: DrillRoom): Promise<{ genuine: number; genuineAccepted: number }> {
  const { graph, gmail } = room.providers;
  const [mail] = createMails(`genuine-${Date.now()}`, 1, 1);
  if (mail === undefined) throw new Error('No mail');
  const deeds = [
    () => graph.controls.deliver('push-graph@drill.example', 'inbox', mail.raw),
    () => gmail.getMailbox('push-gmail@drill.example').deliver(mail.raw, ['INBOX'], Date.now()),
  ];
  let accepted = 0;
  for (const deed of deeds) {
    const before = await countPulls(room);
    deed();
    await wait(2 * LOOK_MS);
    if ((await countPulls(room)) > before) accepted += 1;
  }
  return { genuine: deeds.length, genuineAccepted: accepted };
}

function forgeGraph(real: RecordedCall): RecordedCall[] {
  const { value } = JSON.parse(real.body) as { value: Record<string, unknown>[] };
  const change = (changes: Record<string, unknown>): RecordedCall => ({
    ...real,
    body: JSON.stringify({
      value: value.map((one) => ({ ...one, resourceData: { id: randomUUID() }, ...changes })),
    }),
  });
  const lifecycle = {
    ...change({ clientState: 'x', lifecycleEvent: 'missed' }),
    path: '/webhooks/graph/lifecycle',
  };
  return [
    change({ clientState: 'guessed' }),
    change({ clientState: '' }),
    change({ clientState: undefined }),
    change({ clientState: ['a'] }),
    change({ subscriptionId: randomUUID() }),
    lifecycle,
  ];
}

async function forgeGmail(real: RecordedCall): Promise<RecordedCall[]> {
  const { privateKey } = await generateKeyPair('RS256');
  const sign = (claims: { aud?: string; email?: string; verified?: boolean; from?: string }) =>
    new SignJWT({ email: claims.email ?? SERVICE_ACCOUNT, email_verified: claims.verified ?? true })
      .setProtectedHeader({ alg: 'RS256', kid: 'fake-google-key', typ: 'JWT' })
      .setIssuer(claims.from ?? 'https://accounts.google.com')
      .setAudience(claims.aud ?? AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  const none = `${toBase64({ alg: 'none' })}.${toBase64({ aud: AUDIENCE, email: SERVICE_ACCOUNT, email_verified: true })}.`;
  const tokens = [
    await sign({}),
    await sign({ aud: 'https://elsewhere.example' }),
    await sign({ email: 'somebody@example.org' }),
    await sign({ verified: false }),
    await sign({ from: 'https://accounts.example' }),
    none,
    'no token at all',
  ];
  const body = real.body.replace(/"(?:messageId|message_id)":"[^"]+"/g, `"messageId":"${randomUUID()}"`);
  return [
    ...tokens.map((token) => ({
      ...real,
      body,
      headers: { ...real.headers, authorization: `Bearer ${token}` },
    })),
    { ...real, body, headers: { 'content-type': 'application/json' } },
  ];
}

function toBase64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function countPulls({ temporal }: DrillRoom): Promise<number> {
  const ids = ACCOUNTS.map((id) => `WorkflowId = 'pull/${id}'`).join(' OR ');
  return (await temporal.workflow.count(ids)).count;
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { graphRoom, never } from '../support/graph/graph-room.ts';

const room = graphRoom();

describe('push', () => {
  let receiver: Server;
  let publicUrl: string;
  let received: { url: string; body: { value: Record<string, unknown>[] } }[];
  let echo: boolean;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        const token = url.searchParams.get('validationToken');
        if (token !== null) {
          response.writeHead(echo ? 200 : 400, { 'content-type': 'text/plain' }).end(token);
          return;
        }
        received.push({ url: url.pathname, body: JSON.parse(Buffer.concat(chunks).toString()) });
        response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    publicUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    received = [];
    echo = true;
  });
  afterAll(() => {
    receiver.close();
    receiver.closeAllConnections();
  });

  const findOthers = async () => new Set<string>();
  const toPush = () => ({ publicUrl, clientState: 'the-secret', findOthers, signal: never });
  const mine = () => room.controls.subscriptions().filter(({ resource }) => resource.includes(room.user));

  test('subscribes to each folder, and is told of what comes into them', async () => {
    const mailbox = room.open({ folders: ['inbox', 'Archive'] });
    const made = await mailbox.subscribe?.(undefined, toPush());
    expect(made?.id.split(',')).toHaveLength(2);
    expect(made?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    expect(mine()[0]).toMatchObject({
      changeType: 'created',
      notificationUrl: `${publicUrl}/webhooks/graph`,
      lifecycleNotificationUrl: `${publicUrl}/webhooks/graph/lifecycle`,
      latestSupportedTlsVersion: 'v1_2',
      clientState: 'the-secret',
      immutable: true,
    });
    const [id = ''] = room.deliver('one');
    await room.controls.settle();
    expect(received).toHaveLength(1);
    expect(received[0]?.body.value[0]).toMatchObject({ clientState: 'the-secret', resourceData: { id } });
  });

  test('renews what is there, and makes it anew when it is gone or folders changed', async () => {
    const mailbox = room.open();
    const first = await mailbox.subscribe?.(undefined, toPush());
    const renewed = await mailbox.subscribe?.(first, toPush());
    expect(renewed?.id).toBe(first?.id);
    room.controls.sendLifecycle('subscriptionRemoved');
    await room.controls.settle();
    expect(received.map(({ url }) => url)).toContain('/webhooks/graph/lifecycle');
    const again = await mailbox.subscribe?.(renewed, toPush());
    expect(again?.id).not.toBe(first?.id);
    const other = await room.open({ folders: ['archive'] }).subscribe?.(again, toPush());
    expect(mine().map(({ id }) => id)).toEqual([other?.id]);
  });

  test('asks for as long as Graph gives, and renews in time where that is less than a week', async () => {
    room.controls.limitSubscriptions(4_230);
    try {
      const mailbox = room.open();
      const made = await mailbox.subscribe?.(undefined, toPush());
      const renewed = await mailbox.subscribe?.(made, toPush());
      expect(renewed?.id).toBe(made?.id);
      for (const { expiresAt } of [made, renewed].flatMap((one) => one ?? [])) {
        const minutes = (expiresAt.getTime() - Date.now()) / 60_000;
        expect(minutes).toBeGreaterThan(4_000);
        expect(minutes).toBeLessThanOrEqual(4_230);
      }
    } finally {
      room.controls.limitSubscriptions(10_080);
    }
  });

  test('makes it anew when the public address changed', async () => {
    const mailbox = room.open();
    const first = await mailbox.subscribe?.(undefined, toPush());
    const moved = publicUrl.replace('127.0.0.1', 'localhost');
    const second = await mailbox.subscribe?.(first, { ...toPush(), publicUrl: moved });
    expect(mine()).toMatchObject([{ id: second?.id, notificationUrl: `${moved}/webhooks/graph` }]);
  });

  test('ends what it made, once or twice', async () => {
    const mailbox = room.open();
    const made = await mailbox.subscribe?.(undefined, toPush());
    if (made === undefined) throw new Error('No subscription');
    for (let times = 0; times < 2; times++) await mailbox.unsubscribe?.(made, never);
    expect(mine()).toEqual([]);
  });

  // learn.microsoft.com/graph/api/subscription-post-subscriptions: "Duplicate subscriptions are not allowed."
  test('takes the place of what it made and did not live to put on record', async () => {
    const folders = ['inbox', 'Archive', 'sentitems'];
    await room.open({ folders }).subscribe?.(undefined, toPush());
    const again = await room.open({ folders }).subscribe?.(undefined, toPush());
    expect(mine().map(({ id }) => id)).toEqual(again?.id.split(','));
    const elsewhere = { ...toPush(), publicUrl: publicUrl.replace('127.0.0.1', 'localhost') };
    await expect(room.open().subscribe?.(undefined, elsewhere)).rejects.toMatchObject({
      details: { status: 409 },
    });
    expect(mine()).toHaveLength(3);
  });

  test('leaves another account of the same mailbox what it has, and says so', async () => {
    const first = await room.open().subscribe?.(undefined, toPush());
    const others = { ...toPush(), findOthers: async () => new Set([first?.id ?? '']) };
    await expect(room.open().subscribe?.(undefined, others)).rejects.toMatchObject({
      details: { status: 409 },
      fix: expect.stringContaining('Another account'),
    });
    expect(mine().map(({ id }) => id)).toEqual([first?.id]);
  });

  test('asks once for a folder that is named twice', async () => {
    const folders = ['inbox', 'Inbox'];
    const made = await room.open({ folders }).subscribe?.(undefined, toPush());
    const renewed = await room.open({ folders }).subscribe?.(made, toPush());
    expect([renewed?.id, mine().length]).toEqual([made?.id, 1]);
  });

  test('says what to check when Graph does not reach us, and leaves nothing behind', async () => {
    echo = false;
    await expect(room.open().subscribe?.(undefined, toPush())).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('MAILROOM_PUBLIC_URL'),
    });
    expect(mine()).toEqual([]);
  });
});

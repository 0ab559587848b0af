import { expect, test } from 'vitest';
import { startGmail } from '../../support/gmail/open-gmail.ts';

const { signal } = new AbortController();
const findOthers = async () => new Set<string>();
const push = { publicUrl: 'https://mail.example.com', clientState: 'x', findOthers, signal };

// Gmail answers a watch on another topic with 400, "Only one user push notification client allowed per developer
// (call /stop then try again)"; its guide (workspace/gmail/api/guides/push) has one topic for an application.
test('a watch on a topic of before, which could not be ended then, gives way', async () => {
  const { fake, open } = await startGmail();
  const before = await (await open({ topic: 'projects/p/topics/before' })).subscribe?.(undefined, push);
  await (await open({ topic: 'projects/p/topics/now' })).subscribe?.(before, push);
  expect([...fake.watches.values()]).toMatchObject([{ topicName: 'projects/p/topics/now' }]);
});

test.each([
  ['never had one', undefined],
  ['let its own expire', new Date(0)],
])('a watch of another installation stays, where this one %s', async (_what, expiresAt) => {
  const { fake, open } = await startGmail();
  const other = await (await open({ topic: 'projects/p/topics/theirs' })).subscribe?.(undefined, push);
  const current = other && expiresAt && { ...other, expiresAt };
  const ours = await open({ topic: 'projects/p/topics/ours' });
  await expect(ours.subscribe?.(current, push)).rejects.toMatchObject({
    type: 'InvalidInput',
    fix: expect.stringContaining('Another installation'),
  });
  expect([...fake.watches.values()]).toMatchObject([{ topicName: 'projects/p/topics/theirs' }]);
});

test('a topic that Gmail does not take ends no watch', async () => {
  const { fake, open } = await startGmail();
  await (await open({ topic: 'projects/p/topics/before' })).subscribe?.(undefined, push);
  const wrong = await open({ topic: 'no-topic' });
  await expect(wrong.subscribe?.(undefined, push)).rejects.toMatchObject({ type: 'InvalidInput' });
  expect(fake.watches.size).toBe(1);
});

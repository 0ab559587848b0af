import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newItem, parkOne, pullPage, readAndPark } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores(16);
  await stores.accounts.add({ ...ACCOUNT, id: 'support' }, undefined);
});
afterAll(() => stores.close());

let mails = 0;
/** Parks a mail of this Message-ID and reads it. */
async function read(messageIdHeader: string | undefined, references: string[] = [], inReplyTo?: string) {
  const id = await parkOne(stores, `mail-${++mails}`);
  await stores.messages.saveView(ACCOUNT.id, id, view({ messageIdHeader, references, inReplyTo }));
  return id;
}
async function conversationOf(id: string): Promise<string> {
  return (await stores.messageList.get(id)).conversationId ?? '';
}
async function expectTogether(ids: readonly string[]): Promise<void> {
  const found = await Promise.all(ids.map(conversationOf));
  expect(new Set(found).size).toBe(1);
  const listed = await stores.messageList.listConversation(found[0] ?? '', 1000);
  expect(listed.map((row) => row.id).sort()).toEqual([...ids].sort());
}

describe('a conversation', () => {
  it('is the message alone when it names nothing', async () => {
    const one = await read(undefined);
    const two = await read(undefined);
    await expectTogether([one]);
    await expectTogether([two]);
  });

  it('takes in a reply by its references or by In-Reply-To alone, and keeps its id', async () => {
    const parent = await read('c1-parent@x');
    const id = await conversationOf(parent);
    const reply = await read('c1-reply@x', ['c1-parent@x']);
    const second = await read('c1-second@x', [], 'c1-reply@x');
    await expectTogether([parent, reply, second]);
    expect(await conversationOf(parent)).toBe(id);
  });

  it('is one when the reply comes before its parent', async () => {
    const reply = await read('c2-reply@x', ['c2-parent@x']);
    const parent = await read('c2-parent@x');
    await expectTogether([reply, parent]);
  });

  it('is one when replies to a mail that we never saw come side by side', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) => read(`c3-${index}@x`, ['c3-never-seen@x'])),
    );
    await expectTogether(ids);
  });

  it('is not joined by a stranger who names its Message-ID under another subject', async () => {
    const parent = await read('c20-parent@x');
    const stranger = await parkOne(stores, `mail-${++mails}`);
    const from = { name: 'Mallory', address: 'mallory@elsewhere.example' };
    const claim = { messageIdHeader: 'c20-m@x', references: ['c20-parent@x'], from };
    await stores.messages.saveView(ACCOUNT.id, stranger, view({ ...claim, subject: 'Wire the money' }));
    await expectTogether([parent]);
    await expectTogether([stranger]);
    const reply = await read('c20-reply@x', ['c20-parent@x']);
    await expectTogether([parent, reply]);
  });

  it.each([
    ['who was written to', { subject: 'Something else' }, { cc: [{ name: '', address: 'bob@example.net' }] }],
    ['who writes under its subject', { subject: 'AW: [list] Re: OFFER' }, {}],
  ])('is joined by one %s', async (name, mine, theirs) => {
    const [parent, other] = [
      await parkOne(stores, `mail-${++mails}`),
      await parkOne(stores, `mail-${++mails}`),
    ];
    const root = `c21-${name}@x`;
    await stores.messages.saveView(ACCOUNT.id, parent, view({ messageIdHeader: root, ...theirs }));
    const from = { name: 'Bob', address: 'bob@example.net' };
    await stores.messages.saveView(ACCOUNT.id, other, view({ ...mine, from, references: [root] }));
    await expectTogether([parent, other]);
  });

  it('joins two that turn out to be one', async () => {
    const first = [await read('c4-a@x'), await read('c4-b@x', ['c4-a@x'])];
    const second = [await read('c4-c@x'), await read('c4-d@x', ['c4-c@x'])];
    const bridge = await read('c4-e@x', ['c4-b@x', 'c4-d@x']);
    await expectTogether([...first, ...second, bridge]);
    const late = await read('c4-f@x', ['c4-c@x']);
    await expectTogether([...first, ...second, bridge, late]);
  });

  it('is not changed when a message is read again', async () => {
    const parent = await read('c5-a@x');
    const reply = await read('c5-b@x', ['c5-a@x']);
    const before = await conversationOf(parent);
    for (const [id, own, references] of [
      [parent, 'c5-a@x', []],
      [reply, 'c5-b@x', ['c5-a@x']],
    ] as const) {
      await stores.messages.saveView(ACCOUNT.id, id, view({ messageIdHeader: own, references }));
    }
    await expectTogether([parent, reply]);
    expect(await conversationOf(parent)).toBe(before);
  });

  it('of another account is left alone, though the mails name the same ids', async () => {
    const ours = await read('c6-a@x');
    const item = newItem('c6-theirs', { messageId: 'c6-theirs' });
    await readAndPark(stores, pullPage([item], { accountId: 'support', batchId: 'pull-c6', windowHours: 0 }));
    const theirs = view({ messageIdHeader: 'c6-b@x', references: ['c6-a@x'] });
    await stores.messages.saveView('support', 'c6-theirs', theirs);
    const reply = await read('c6-c@x', ['c6-a@x', 'c6-b@x']);

    await expectTogether([ours, reply]);
    await expectTogether(['c6-theirs']);
  });

  it('follows the latest references when a mail names hundreds', async () => {
    const parent = await read('c7-parent@x');
    const many = Array.from({ length: 300 }, (_, index) => `c7-${index}@x`);
    const reply = await read('c7-reply@x', [...many, 'c7-parent@x']);
    await expectTogether([parent, reply]);
  });

  it('holds just the mails that hang together, whatever the order and whoever races', async () => {
    const mail = fc.record({ own: fc.nat(11), names: fc.array(fc.nat(11), { maxLength: 3 }) });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(mail, { minLength: 2, maxLength: 14 }), async (batch) => {
        const prefix = `r${++round}`;
        const toId = (index: number) => `${prefix}-${index}@x`;
        const ids: string[] = [];
        for (const _ of batch) ids.push(await parkOne(stores, `mail-${++mails}`));
        await Promise.all(
          batch.map(({ own, names }, index) =>
            retryDeadlock(() =>
              stores.messages.saveView(
                ACCOUNT.id,
                ids[index] ?? '',
                view({ messageIdHeader: toId(own), references: names.map(toId) }),
              ),
            ),
          ),
        );
        const found = await Promise.all(ids.map(conversationOf));
        const expected = components(batch.map(({ own, names }) => [own, ...names]));
        for (const [a, one] of found.entries()) {
          for (const [b, other] of found.entries()) expect(one === other).toBe(expected[a] === expected[b]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** As the activity's retry does. */
async function retryDeadlock(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= 5) throw error;
    }
  }
}

/** Which mails hang together, by the numbers they share. */
function components(mails: readonly (readonly number[])[]): number[] {
  const group = mails.map((_, index) => index);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, one] of mails.entries()) {
      for (const [b, other] of mails.entries()) {
        const [ga = 0, gb = 0] = [group[a], group[b]];
        if (ga <= gb || !one.some((name) => other.includes(name))) continue;
        group[a] = gb;
        changed = true;
      }
    }
  }
  return group;
}

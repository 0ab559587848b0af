import { describe, expect, test } from 'vitest';
import { ADDRESS, startGmail } from '../../support/gmail/open-gmail.ts';
import { pageRequest } from './read-all.ts';

const { signal } = new AbortController();
const MAIL = 'From: ada@example.com\r\nSubject: hi\r\n\r\nHello\r\n';

async function openAs(address: string, signedIn = ADDRESS) {
  const { fake, open } = await startGmail();
  const mailbox = fake.addMailbox(signedIn, 'token-of-owner');
  mailbox.deliver(MAIL);
  const account = await open({}, async () => 'token-of-owner', address);
  return { fake, mailbox, account, open };
}

describe('who signed in to Gmail', () => {
  test.each([
    ['help@example.com', 'help@example.com'],
    ['Help@Example.com', 'help@example.com'],
    ['help+orders@example.com', 'help@example.com'],
    ['The.Shop@gmail.com', 'theshop@gmail.com'],
    ['theshop@googlemail.com', 'the.shop@gmail.com'],
  ])('%s is %s, and nothing is said of it', async (address, signedIn) => {
    const { account } = await openAs(address, signedIn);
    expect(await account.probe(signal)).toEqual(['INBOX: 1 message']);
    expect((await account.readPage(pageRequest())).items).toHaveLength(1);
  });

  test.each([
    ['help@example.com', 'ada@example.com'],
    ['the.shop@example.com', 'theshop@example.com'],
    ['shop@gmail.com', 'ada@gmail.com'],
    ['shop@gmail.com', 'ada@example.com'],
  ])('%s is not %s: refused by name, and not a message is fetched', async (address, signedIn) => {
    const { fake, account } = await openAs(address, signedIn);
    const refusal = {
      type: 'AuthenticationFailed',
      message: `This account is of ${address}, and ${signedIn} signed in: nothing was read.`,
      fix: expect.stringContaining(`Sign in as ${address}: \`npm run mailroom -- account login ID\``),
    };
    await expect(account.probe(signal)).rejects.toMatchObject(refusal);
    await expect(account.readPage(pageRequest())).rejects.toMatchObject(refusal);
    expect([...fake.counts.keys()].filter((kind) => kind.includes('messages'))).toEqual([]);
  });

  test('another address of the same mailbox is taken, and told; one that is not verified is not', async () => {
    const { account, mailbox } = await openAs('orders@example.com');
    mailbox.sendAs.push({ sendAsEmail: 'orders@example.com', verificationStatus: 'pending' });
    await expect(account.probe(signal)).rejects.toMatchObject({ type: 'AuthenticationFailed' });
    mailbox.sendAs.splice(0, 1, { sendAsEmail: 'Orders@example.com', verificationStatus: 'accepted' });
    expect(await account.probe(signal)).toEqual([
      `Signed in as ${ADDRESS}, which has orders@example.com too`,
      'INBOX: 1 message',
    ]);
    expect((await account.readPage(pageRequest())).items).toHaveLength(1);
  });

  test('an address of another domain may be an alias that cannot be seen: told, not refused', async () => {
    const { account } = await openAs('help@shop.example.org');
    expect((await account.probe(signal))[0]).toBe(
      `Signed in as ${ADDRESS}; whether mail for help@shop.example.org comes here cannot be told`,
    );
    expect((await account.readPage(pageRequest())).items).toHaveLength(1);
  });

  test('who may not look at the addresses has proven nothing', async () => {
    const { fake, account } = await openAs('orders@example.com');
    fake.faults.script('none', 'scope');
    await expect(account.probe(signal)).rejects.toMatchObject({ type: 'AuthenticationFailed' });
    fake.faults.script('none', '503');
    await expect(account.probe(signal)).rejects.toMatchObject({ type: 'Unavailable' });
  });

  test('another who signs in later is met where the history is lost, before anything of his is read', async () => {
    const { fake, mailbox, account } = await openAs(ADDRESS);
    const { cursor } = await account.readPage(pageRequest());
    const other = fake.addMailbox('ada@example.com', 'token-of-owner');
    other.deliver(MAIL);
    other.expireHistory();
    other.relabel(other.deliver(MAIL), ['STARRED']);
    const refusal = {
      type: 'AuthenticationFailed',
      message: `This account reads the mailbox of ${ADDRESS}, and ada@example.com signed in: nothing was read.`,
      fix: expect.stringContaining(`Sign in as ${ADDRESS}: \`npm run mailroom -- account login ID\``),
    };
    await expect(account.readPage(pageRequest({ cursor: outdated(cursor) }))).rejects.toMatchObject(refusal);
    await expect(account.probe(signal, cursor)).rejects.toMatchObject(refusal);
    expect(mailbox.messages.size).toBe(1);
  });

  test('a mailbox that was given another name is the same by its alias, or when the account is given it', async () => {
    const { fake, account, open } = await openAs(ADDRESS);
    const { cursor } = await account.readPage(pageRequest());
    const renamed = fake.addMailbox('support@example.com', 'token-of-owner');
    renamed.expireHistory();
    const given = await open({}, async () => 'token-of-owner', 'support@example.com');
    const read = await given.readPage(pageRequest({ cursor: outdated(cursor) }));
    expect(JSON.parse(read.cursor)).toMatchObject({ owner: 'support@example.com' });
    renamed.sendAs.push({ sendAsEmail: ADDRESS, verificationStatus: 'accepted' });
    expect((await account.readPage(pageRequest({ cursor: outdated(cursor) }))).cursor).toBe(read.cursor);
  });

  test.each(['support@example.com', 'shop@gmail.com'])(
    '%s as the address of an account that is read already stops nothing, and is told',
    async (address) => {
      const { mailbox, account, open } = await openAs(ADDRESS);
      const { cursor } = await account.readPage(pageRequest());
      const { owner, ...before } = JSON.parse(cursor) as Record<string, unknown>;
      expect(owner).toBe(ADDRESS);
      mailbox.expireHistory();
      const other = await open({}, async () => 'token-of-owner', address);
      for (const position of [cursor, JSON.stringify(before)]) {
        const page = await other.readPage(pageRequest({ cursor: outdated(position) }));
        expect(JSON.parse(page.cursor)).toMatchObject({ owner: ADDRESS });
        expect(await other.probe(signal, position)).toEqual([
          `Signed in as ${ADDRESS}, whose mail is read; the address of the account is ${address}`,
          'INBOX: 1 message',
        ]);
      }
    },
  );
});

/** As after a long outage: its history is lost. */
function outdated(cursor: string): string {
  return JSON.stringify({ ...(JSON.parse(cursor) as object), historyId: '1' });
}

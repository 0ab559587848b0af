import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parkOne } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
const ids = new Map<string, string>();
beforeAll(async () => {
  stores = await openStores();
  const mails = {
    offer: { subject: 'Offer for 40 chairs', visibleText: 'Please send the blue chairs to Graz.' },
    invoice: { subject: 'Rechnung', visibleText: 'Die Größe der Rechnung stimmt nicht, Straße 7.' },
    thanks: { subject: 'Thank you', visibleText: 'The chairs are red, not blue.' },
  };
  for (const [name, facts] of Object.entries(mails)) {
    const id = await parkOne(stores, name);
    await stores.messages.saveView(
      ACCOUNT.id,
      id,
      view({
        ...facts,
        text: facts.visibleText,
        from: { name: `Ms ${name}`, address: `${name}@example.com` },
      }),
    );
    ids.set(id, name);
  }
});
afterAll(() => stores.close());

async function search(text: string): Promise<string[]> {
  const rows = await stores.messageList.list({ search: text, limit: 10 });
  return rows.map((row) => ids.get(row.id) ?? '?').sort();
}

describe('a search', () => {
  it.each([
    ['chairs', ['offer', 'thanks']],
    ['CHAIRS', ['offer', 'thanks']],
    ['chairs blue', ['offer', 'thanks']],
    ['"blue chairs"', ['offer']],
    ['chairs -red', ['offer']],
    ['chairs --red', ['offer']],
    ['-red chairs -nothing', ['offer']],
    ['graz or rechnung', ['invoice', 'offer']],
    ['größe', ['invoice']],
    ['straße', ['invoice']],
    ['thanks@example.com', ['thanks']],
    ['"Ms offer"', ['offer']],
    ['40', ['offer']],
    ['nothing-like-this', []],
  ])('for %s finds %o', async (text, expected) => {
    expect(await search(text)).toEqual(expected);
  });

  it.each([
    ['an empty text', ''],
    ['blanks', '   \t\n'],
    ['only operators', '- or -'],
    ['an open quote', '"blue'],
    ['quotes of SQL', `'; drop table message_body; --`],
    ['a prefix operator', 'cha:*'],
    ['operators of to_tsquery', 'a & | ! ( ) <-> :*ABCD'],
    ['backslashes', String.raw`\\ \' \x00`],
    ['NUL', 'a\u0000b'],
    ['a lone surrogate', '\ud83d'],
    ['ten thousand letters', 'x'.repeat(10_000)],
    ['ten thousand words', 'word '.repeat(2000)],
    ['ten thousand quotes', '"'.repeat(10_000)],
    ['ten thousand minus signs', '-'.repeat(10_000)],
    ['minus signs and blanks', '- '.repeat(5000)],
    ['minus signs and quotes', '-"'.repeat(5000)],
    ['minus signs and words', '-a '.repeat(3000)],
    ['ten thousand times or', 'a or '.repeat(2000)],
    ['a percent sign', '%'],
    ['right-to-left text', '\u202e\u0645\u0631\u062d\u0628\u0627'],
  ])('for %s answers, and never with a fault', async (_what, text) => {
    await expect(search(text)).resolves.toBeInstanceOf(Array);
  });

  it('for any text at all answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        await search(text);
      }),
      { numRuns: 150 },
    );
  });

  it('goes together with filters and paging', async () => {
    expect(await stores.messageList.list({ search: 'chairs', accountId: 'another', limit: 10 })).toEqual([]);
    const [first] = await stores.messageList.list({ search: 'chairs', limit: 1 });
    const after = { receivedAt: first?.receivedAt ?? new Date(), id: first?.id ?? '' };
    const rest = await stores.messageList.list({ search: 'chairs', limit: 10, after });
    expect(rest).toHaveLength(1);
    expect(rest[0]?.id).not.toBe(first?.id);
  });

  it('finds what was read anew, not what stood there before', async () => {
    const id = await parkOne(stores, 'again');
    await stores.messages.saveView(ACCOUNT.id, id, view({ subject: 'zebra' }));
    await stores.messages.saveView(ACCOUNT.id, id, view({ subject: 'giraffe' }));
    expect(await stores.messageList.list({ search: 'zebra', limit: 5 })).toEqual([]);
    expect(await stores.messageList.list({ search: 'giraffe', limit: 5 })).toHaveLength(1);
  });
});

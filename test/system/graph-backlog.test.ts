import { expect, test } from 'vitest';
import { graphRoom, keysOf, pull, rawMail, toKeys, toRequest } from '../support/graph/graph-room.ts';

const PAGE = 10;
const DAY_MS = 86_400_000;
const room = graphRoom({ maxPageSize: PAGE, filteredLimit: 15 });
const before = (days: number) => new Date(Date.now() - days * DAY_MS);

function deliverOld(count: number, folder = 'inbox', days = 90): string[] {
  const delivery = { receivedAt: before(days) };
  return Array.from({ length: count }, (_, index) =>
    room.controls.deliver(room.user, folder, rawMail(`old-${folder}-${index}`), delivery),
  );
}

test('all within the look-back is read, also when it is more than Graph gives through a filter', async () => {
  const ids = deliverOld(4 * PAGE, 'inbox', 5);
  const { items } = await pull(room.open(), { since: before(30) });
  expect(keysOf(items)).toEqual(toKeys(ids));
});

test('new mail does not wait until all that is old was gone over', async () => {
  deliverOld(3 * PAGE);
  const fresh = room.deliver('fresh');
  const requests = () => room.controls.counters().requests['GET delta'] ?? 0;
  const sent = requests();
  const { items, done } = await room.open().readPage(toRequest({ since: before(30), maxItems: 1 }));
  expect([keysOf(items), done, requests() - sent]).toEqual([toKeys(fresh), false, 1]);
});

test('a page that met nothing but old mail is no end, says that it is alive, and lets other folders go first', async () => {
  deliverOld(30 * PAGE);
  deliverOld(30 * PAGE, 'archive');
  const late = room.controls.deliver(room.user, 'Orders', rawMail('order'));
  const mailbox = room.open({ folders: ['inbox', 'Orders', 'archive'] });
  const since = before(30);
  let alive = 0;
  const onProgress = () => {
    alive += 1;
  };
  const first = await mailbox.readPage(toRequest({ since, onProgress }));
  expect([first.items, first.done]).toEqual([[], false]);
  expect(alive).toBeGreaterThanOrEqual(20);
  const second = await mailbox.readPage(toRequest({ since, cursor: first.cursor }));
  expect([keysOf(second.items), second.done]).toEqual([toKeys([late]), false]);
  const rest = await pull(mailbox, { since, cursor: second.cursor });
  expect([rest.items, rest.pages.at(-1)?.done]).toEqual([[], true]);
  const again = room.deliver('again');
  expect(keysOf((await pull(mailbox, { since, cursor: rest.cursor })).items)).toEqual(toKeys(again));
});

test('a position of before, whose links hold a filter, goes on', async () => {
  deliverOld(5);
  const recent = deliverOld(12, 'inbox', 5);
  const from = `${before(30).toISOString().slice(0, 19)}Z`;
  const filter = encodeURIComponent(`receivedDateTime ge ${from}`);
  const { next } = await room.follow(`mailFolders/inbox/messages/delta?$select=id&$filter=${filter}`);
  const [, id = ''] = /mailFolders\('([^']+)'\)/.exec(next) ?? [];
  const position = { id, link: next, since: Date.parse(from), rest: [] };
  const cursor = JSON.stringify({ folders: [['inbox', position]] });
  const { items, cursor: end } = await pull(room.open(), { cursor, since: before(30) });
  expect(keysOf(items)).toEqual(toKeys(recent.slice(PAGE)));
  const fresh = room.deliver('fresh');
  expect(keysOf((await pull(room.open(), { cursor: end, since: before(30) })).items)).toEqual(toKeys(fresh));
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, listed } from './support/create-ledger.ts';
import { faultItem, newItem } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const ALWAYS = { windowHours: 876_000 };

let stores: TestStores;
let ledger: Ledger;
let cursors = 0;
beforeEach(async () => {
  stores = await openStores();
  ledger = createLedger(stores);
});
afterEach(() => stores.close());

const item = (key: string, content = key) => newItem(key, { content });
/** Of our rows, and whether they are gone from the mailbox. */
const keysOf = async () => {
  const rows = await stores.sql`select provider_key as key, gone_at is not null as gone from message`;
  return rows.map(({ key, gone }) => [String(key).replace(/^.*\//, 'aside/'), gone]).sort();
};

describe('keys that a server is about to deal again', () => {
  const give = (...givenUp: string[]) =>
    ledger.park([], { ...ALWAYS, givenUp, cursor: `after-${++cursors}` });

  it('are free with the cursor, and what had them is gone', async () => {
    const { messageIds } = await ledger.park(
      [item('a'), item('b'), faultItem('c'), item('copy', 'a')],
      ALWAYS,
    );
    await give('b', 'c', 'copy', 'nobody');
    expect(await stores.intake.findCursor(ACCOUNT.id)).toBe(`after-${cursors}`);
    const after = await ledger.park([item('b', 'x'), item('c', 'y'), item('copy', 'z')], ALWAYS);
    expect(after).toMatchObject({ items: 3, duplicates: 0, quarantined: 0 });
    expect(messageIds.filter((id) => after.messageIds.includes(id))).toEqual([]);
    expect((await keysOf()).filter(([, gone]) => gone)).toHaveLength(1);
    expect(
      await ledger.audit(
        'audit-1',
        ['a', 'b', 'c', 'copy'].map((key) => listed(key)),
      ),
    ).toMatchObject({
      ...{ unfinished: 4, missing: 0, gone: 1 },
    });
  });

  it('give other mail an id of its own, also where what had it was deleted here and may not come back', async () => {
    const { messageIds } = await ledger.park([item('a')], ALWAYS);
    await stores.tombstones.removeMessage(messageIds[0] ?? '', 'anna');
    await give('a');
    expect((await ledger.park([item('a')], ALWAYS)).messageIds).toEqual([]);
    await give('a');
    const after = await ledger.park([item('a', 'other')], ALWAYS);
    expect(after.messageIds).toHaveLength(1);
    expect(after.messageIds).not.toEqual(messageIds);
  });

  it('are those of their messages again when the server had told of an older state', async () => {
    await ledger.park([item('a'), item('b')], ALWAYS);
    await give('a', 'b');
    expect(await ledger.park([item('b'), item('c', 'a')], ALWAYS)).toMatchObject({
      messageIds: [],
      duplicates: 2,
    });
    expect(await keysOf()).toEqual([
      ['aside/a', true],
      ['b', false],
    ]);
    const [row] = await stores.sql`select provider_key as key from message_alias`;
    expect(row?.key).toBe('c');
  });
});

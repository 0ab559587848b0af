import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntakePage } from '../../db/intake/intake-page.ts';
import type { ImapSession } from '../../src/mail/imap/create-session.ts';
import { markMessage } from '../../src/mail/imap/mark-message.ts';
import { toProviderKey } from '../../src/mail/imap/to-provider-key.ts';
import { addImport, countRows, faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const KEYS = [1, 2, 3, 4].map((uid) => toProviderKey('INBOX', '7', uid));
const [ONE = '', TWO = '', THREE = '', FOUR = ''] = KEYS;
const LONG = toProviderKey('F'.repeat(290), '7', 1);

let stores: TestStores;
let pulls = 0;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const park = (items: IntakePage['items']) =>
  readAndPark(stores, pullPage(items, { batchId: `pull-${++pulls}`, windowHours: 876_000 }));
const switchMailbox = (resetId: string) =>
  stores.accountSettings.switchConnection(ACCOUNT.id, { ...ACCOUNT, oauth: undefined }, undefined, resetId);

describe('another mailbox with the UIDVALIDITY of the one before', () => {
  it('is read in full, once, and what is a copy is known as its message', async () => {
    const before = await park([newItem(ONE, { content: 'a' }), newItem(TWO, { content: 'b' })]);
    await switchMailbox('reset-1');
    expect(await stores.intake.findKnown(ACCOUNT.id, KEYS)).toEqual(new Map());

    const page = [ONE, TWO, THREE].map((key, index) =>
      newItem(key, { content: ['x', 'b', 'a'][index] ?? '' }),
    );
    const after = await park(page);
    expect(after).toMatchObject({ items: 3, duplicates: 2 });
    expect(after.messageIds).toEqual([expect.stringMatching(/^[a-z2-7]{26}$/)]);
    expect(before.messageIds).not.toContain(after.messageIds[0]);
    const known = await stores.intake.findKnown(ACCOUNT.id, KEYS);
    expect([...known]).toEqual([
      [ONE, after.messageIds[0]],
      [TWO, before.messageIds[1]],
      [THREE, before.messageIds[0]],
    ]);
    expect(await park(page)).toMatchObject({ messageIds: [], duplicates: 3 });

    await switchMailbox('reset-2');
    expect(await park([newItem(ONE, { content: 'y' })])).toMatchObject({ duplicates: 0 });
    expect(await countRows(stores, 'message')).toBe(4);
  });

  it('holds nothing of what was deleted or refused in the one before', async () => {
    const { messageIds } = await park([newItem(ONE, { content: 'a' }), faultItem(TWO), newItem(LONG)]);
    await stores.tombstones.removeMessage(messageIds[0] ?? '', 'anna');
    await switchMailbox('reset-1');
    expect(await stores.intake.findDeleted(ACCOUNT.id, KEYS)).toEqual(new Set());
    const parked = await park([
      newItem(ONE, { content: 'x' }),
      faultItem(TWO),
      newItem(THREE, { content: 'a' }),
    ]);
    expect(parked).toMatchObject({ duplicates: 1, quarantined: 1 });
    expect(parked.messageIds).toHaveLength(1);
    expect(await countRows(stores, 'quarantine')).toBe(2);
  });

  it('is not marked for mail of the one before, whose keys stay short', async () => {
    const { messageIds } = await park([newItem(ONE), newItem(LONG)]);
    await switchMailbox('0f8fad5b-d9cb-469f-a165-70867728950e');
    const session = {
      run: () => Promise.reject(new Error('no message of this mailbox')),
    } as unknown as ImapSession;
    for (const id of messageIds) {
      const key = (await stores.messages.findPulledKey(id)) ?? '';
      expect(key).toMatch(/^0f8fad5b-d9cb-469f-a165-70867728950e\//);
      expect(key.length).toBeLessThanOrEqual(300);
      const mark = { seen: true, label: undefined, folder: undefined };
      expect(await markMessage(session, ['INBOX'], key, mark, AbortSignal.timeout(1000))).toBe(false);
    }
  });

  it('leaves the keys of imports as they were: the same file again is no new mail', async () => {
    await addImport(stores, 'import-1');
    const page = pullPage([newItem(FOUR)], { kind: 'import', batchId: 'import-1', cursor: undefined });
    await stores.intake.park(page);
    await switchMailbox('reset-1');
    expect((await stores.intake.findKnown(ACCOUNT.id, [FOUR])).size).toBe(1);
  });
});

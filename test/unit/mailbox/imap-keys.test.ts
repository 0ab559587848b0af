import { describe, expect, test } from 'vitest';
import type { ImapSettings } from '../../../src/domain/account.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { createBackOff } from '../../../src/mail/imap/create-back-off.ts';
import { createImapConnections } from '../../../src/mail/imap/create-imap-connections.ts';
import { createTurns } from '../../../src/mail/imap/create-turns.ts';
import { formatCursor } from '../../../src/mail/imap/format-cursor.ts';
import { isBeforeLookBack } from '../../../src/mail/imap/look-back.ts';
import { parseCursor } from '../../../src/mail/imap/parse-cursor.ts';
import { parseProviderKey } from '../../../src/mail/imap/parse-provider-key.ts';
import { toKeyword } from '../../../src/mail/imap/to-keyword.ts';
import { toProviderKey } from '../../../src/mail/imap/to-provider-key.ts';

describe('the key of an IMAP message', () => {
  test('is read back to folder, UIDVALIDITY and UID', () => {
    for (const folder of ['INBOX', 'a;1;2', 'Büro/受信箱', '100% & more', '~tilde', 'é'.repeat(200)]) {
      const key = toProviderKey(folder, '4294967295', 42);
      expect(parseProviderKey(key, ['INBOX', folder])).toEqual({
        folder,
        uidValidity: '4294967295',
        uid: 42,
      });
    }
  });

  test('is read back of a folder that is chosen no more, unless only its hash is left', () => {
    expect(parseProviderKey('Desk;0;7', ['INBOX'])).toEqual({ folder: 'Desk', uidValidity: '0', uid: 7 });
    expect(parseProviderKey(toProviderKey('é'.repeat(200), '1', 7), ['INBOX'])).toBeUndefined();
  });

  test('is nothing else', () => {
    for (const key of [
      '',
      'INBOX',
      'INBOX;1',
      'INBOX;1;2;3',
      'INBOX;x;1',
      'INBOX;1;-1',
      'INBOX;1;01',
      '%49NBOX;1;1',
      '%zz;1;1',
      ';1;1',
      'sha256:abc',
      `~${'0'.repeat(64)};1;1`,
      `${'%'.repeat(5_000)};1;1`,
    ])
      expect(parseProviderKey(key, ['INBOX']), key.slice(0, 40)).toBeUndefined();
  });
});

describe('a label as a keyword', () => {
  test('is an atom', () => {
    const keywords = {
      Handled: 'Handled',
      ' Handled by Mailroom ': 'Handled_by_Mailroom',
      'Geprüft (Büro)': 'Gepruft__Buro_',
      $Done: '$Done',
      '\\Seen': '_Seen',
      'a"b*c%d]e{f': 'a_b_c_d_e_f',
      'x\r\nA1 LOGOUT': 'x__A1_LOGOUT',
    };
    for (const [label, keyword] of Object.entries(keywords)) expect(toKeyword(label)).toBe(keyword);
    expect(toKeyword('n'.repeat(10_000))).toHaveLength(64);
  });

  test('needs a letter or a digit', () => {
    for (const label of ['', '受信', '***', '\u0000'])
      expect(() => toKeyword(label)).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
  });
});

describe('the position in an IMAP account', () => {
  const position = {
    uidValidity: '0',
    lastUid: 3,
    since: '2026-01-02T03:04:05.000Z',
    sinceUpTo: 9,
    modseq: '12',
  };

  test('is kept as it is, with the look-back and without', () => {
    for (const one of [position, { uidValidity: '7', lastUid: 0 }]) {
      const folders = new Map([['INBOX', one]]);
      expect(parseCursor(formatCursor({ at: undefined, folders })).folders).toEqual(folders);
    }
  });

  test('is refused when a part of it makes no sense', () => {
    for (const wrong of [
      { since: 'yesterday' },
      { since: 7 },
      { sinceUpTo: undefined },
      { sinceUpTo: -1 },
      { sinceUpTo: 1.5 },
      { modseq: 12 },
      { modseq: '1e5' },
      { lastUid: '3' },
    ]) {
      const text = JSON.stringify({ kind: 'imap', folders: { INBOX: { ...position, ...wrong } } });
      expect(() => parseCursor(text), text).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
    }
  });

  test('leaves alone what is older and was there at first sight, and nothing without a date', () => {
    const old = new Date('2026-01-02T03:04:04Z');
    const young = new Date('2026-01-02T03:04:05Z');
    const isLeft = (uid: number, receivedAt: Date | undefined) =>
      isBeforeLookBack(position, { uid, receivedAt });
    expect([isLeft(9, old), isLeft(9, young), isLeft(10, old), isLeft(9, undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isBeforeLookBack({ uidValidity: '0', lastUid: 3 }, { uid: 1, receivedAt: old })).toBe(false);
  });
});

describe('the wait before another login', () => {
  test('doubles up to a minute, tells the same fault again, and ends with a success', () => {
    let now = 0;
    const backOff = createBackOff(() => now);
    const refused = new ServiceError('AuthenticationFailed', 'no such user', { fix: 'check it' });
    backOff.failed(refused);
    expect(() => backOff.check()).not.toThrow();
    const waits = Array.from({ length: 9 }, () => {
      backOff.failed(refused);
      const startedAt = now;
      expect(() => backOff.check()).toThrow(
        expect.objectContaining({ type: 'AuthenticationFailed', message: 'no such user', fix: 'check it' }),
      );
      for (let waiting = true; waiting; now += waiting ? 500 : 0) {
        try {
          backOff.check();
          waiting = false;
        } catch (error) {
          expect(error).toMatchObject({ retryAfterMs: expect.any(Number) });
        }
      }
      return now - startedAt;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
    backOff.succeeded();
    backOff.failed(refused);
    expect(() => backOff.check()).not.toThrow();
  });

  test('is as long as the server asked for, a minute at most', () => {
    let now = 0;
    for (const [asked, waits] of [
      [5_000, 5_000],
      [3_600_000, 60_000],
    ] as const) {
      const backOff = createBackOff(() => now);
      backOff.failed(new ServiceError('RateLimited', 'slow down', { retryAfterMs: asked }));
      now += waits - 1;
      expect(() => backOff.check()).toThrow(expect.objectContaining({ retryAfterMs: 1 }));
      now += 1;
      expect(() => backOff.check()).not.toThrow();
    }
  });

  test('is over when the clock was set back', () => {
    let now = 10_000_000;
    const backOff = createBackOff(() => now);
    for (let i = 0; i < 9; i++) backOff.failed(new ServiceError('Unavailable', 'down'));
    now = 0;
    expect(() => backOff.check()).not.toThrow();
  });
});

describe('turns', () => {
  test('come one after the other, and pass by those who gave up waiting', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const first = await turns.take();
    const impatient = new AbortController();
    const second = turns.take(impatient.signal);
    const third = turns.take().then((end) => {
      order.push('third');
      end();
    });
    impatient.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    expect(turns.busy).toBe(true);
    order.push('first');
    first();
    first();
    await third;
    expect(order).toEqual(['first', 'third']);
    expect(turns.busy).toBe(false);
    await expect(turns.take(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(turns.busy).toBe(false);
  });
});

test('a connection that was signed in by another app, or with another secret, is not shared', async () => {
  const connections = createImapConnections();
  const settings = {
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    username: 'ada',
    folders: ['INBOX'],
    allowSelfSigned: false,
  } satisfies ImapSettings;
  const lease = (identity: string) =>
    connections.lease('sales', settings, { kind: 'token', getAccessToken: async () => 'x', identity })
      .session;
  const first = lease('app-1');
  expect(lease('app-1')).toBe(first);
  expect(lease('app-2')).not.toBe(first);
  await connections.closeAll();
});

import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/domain/parse-retry-after.ts';
import { checkSettings } from '../../../src/mail/graph/check-settings.ts';
import { formatCursor } from '../../../src/mail/graph/format-cursor.ts';
import type { GraphCursor } from '../../../src/mail/graph/graph-cursor.ts';
import { parseCursor } from '../../../src/mail/graph/parse-cursor.ts';
import { fromProviderKey, toProviderKey } from '../../../src/mail/graph/to-provider-key.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', undefined],
    ['86400', 86_400_000],
    ['999999999', 999_999_999_000],
    // `Date.parse` takes each of these for a date.
    ['-5', undefined],
    ['1.5', undefined],
    ['+2099', undefined],
    ['2099-01-01T00:00:00Z', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s is %s ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });
});

describe('the cursor', () => {
  it('comes back as it was written', () => {
    const position = {
      id: 'folder',
      link: '/users/x/messages/delta?$deltatoken=1',
      whole: true,
      begunAt: new Date(NOW),
      syncedAt: new Date(NOW),
      since: new Date(NOW),
      firstSince: undefined,
      rest: [
        { id: 'a', receivedAt: new Date(NOW), size: 5 },
        { id: 'b', receivedAt: undefined, size: undefined },
        { id: 'c', receivedAt: undefined, size: 7, failed: { tries: 2, since: new Date(5) } },
      ],
    };
    const cursor: GraphCursor = { at: 'inbox', folders: new Map([['inbox', position]]) };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    expect(parseCursor(undefined).folders.size).toBe(0);
  });

  it('of before, without the bound of the first sight, takes the one that it has', () => {
    const text = `{"folders":[["inbox",{"id":"x","link":"/y","since":${NOW},"rest":[]}]]}`;
    const since = new Date(NOW);
    expect(parseCursor(text).folders.get('inbox')).toMatchObject({ since, firstSince: since, whole: false });
  });

  it.each([
    'x',
    '7',
    'null',
    '{}',
    '{"folders":[7]}',
    '{"folders":[["inbox",{}]]}',
    '{"folders":[["inbox",{"id":"x","link":"https://evil.example.com/","rest":[]}]]}',
    '{"folders":[["inbox",{"id":"x","rest":[["",0,0]]}]]}',
    '{"folders":[["inbox",{"id":"x","rest":[],"since":"x"}]]}',
    '{"at":7,"folders":[]}',
  ])('that is not ours is refused: %s', (text) => {
    expect(() => parseCursor(text)).toThrow('not one of a Microsoft Graph account');
  });
});

describe('the key of a message', () => {
  it('holds the id, or a hash of a long one', () => {
    expect(toProviderKey('AAkALg-_=')).toBe('graph:AAkALg-_=');
    expect(fromProviderKey('graph:AAkALg-_=')).toBe('AAkALg-_=');
    const key = toProviderKey('x'.repeat(295));
    expect(key.length).toBeLessThanOrEqual(300);
    expect(fromProviderKey(key)).toBeUndefined();
    expect(fromProviderKey('INBOX;1;2')).toBeUndefined();
  });
});

describe('settings', () => {
  const credentials = { kind: 'token', getAccessToken: async () => 'x' } as const;
  const settings = { mailbox: 'a@example.com', folders: ['inbox'], baseUrl: 'https://graph.microsoft.com' };

  it.each([
    ['http://graph.microsoft.com'],
    ['https://graph.microsoft.com/v1.0'],
    ['https://u:p@graph.microsoft.com'],
    ['graph.microsoft.com'],
  ])('with the address %s are refused', (baseUrl) => {
    expect(() => checkSettings({ ...settings, baseUrl }, credentials)).toThrow('https://host');
  });

  it('without a mailbox, a folder or a token are refused', () => {
    expect(() => checkSettings({ ...settings, mailbox: '' }, credentials)).toThrow('mailbox');
    for (const folders of [[], [''], Array.from({ length: 101 }, () => 'inbox')]) {
      expect(() => checkSettings({ ...settings, folders }, credentials)).toThrow('folders');
    }
    expect(() => checkSettings(settings, { kind: 'password', password: 'x' })).toThrow('no password');
    expect(checkSettings(settings, credentials)).toBe(credentials);
  });
});

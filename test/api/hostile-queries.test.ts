import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const HOSTILE = [
  'limit=0',
  'limit=201',
  'limit=-1',
  'limit=1.5',
  'limit=abc',
  'limit=1e9',
  'limit=',
  'limit=10&limit=20',
  'accountId=a&accountId=b',
  'accountId=%00',
  `accountId=${'a'.repeat(49)}`,
  'cursor=',
  'cursor=***',
  'cursor=%00',
  `cursor=${cursorOf({ at: 1 })}`,
  `cursor=${cursorOf(['2025-01-01T00:00:00.000Z'])}`,
  `cursor=${cursorOf(['yesterday', 'x'])}`,
  `cursor=${cursorOf(['2025-01-01T00:00:00.000Z', null])}`,
  `cursor=${cursorOf(['2025-01-01T00:00:00.000Z', 'a\0b'])}`,
  `cursor=${'a'.repeat(501)}`,
  'nosuch=1',
  '__proto__=1',
  'constructor=1',
];

test.each(HOSTILE)('every list answers ?%s with 400 and names the field', async (query) => {
  for (const list of ['messages', 'batches', 'drafts', 'quarantine']) {
    if (list === 'drafts' && query.startsWith('accountId')) continue;
    const response = await api.app.inject({ url: `/api/${list}?${query}` });
    expect(response.statusCode, `${list}?${query}`).toBe(400);
    const field = decodeURIComponent(query.split('=')[0] ?? '');
    expect(response.body).toContain(field);
  }
});

test.each([
  ['messages', 'state=gone'],
  ['messages', 'priority=high'],
  ['messages', 'outcome=x'],
  ['messages', 'overdue=false'],
  ['messages', 'q='],
  ['messages', `q=${'a'.repeat(501)}`],
  ['messages', 'q=a%00b'],
  ['messages', 'q[]=a&q[]=b'],
  ['messages', `language=${'e'.repeat(9)}`],
  ['overview', 'minutes=0'],
  ['overview', 'minutes=1441'],
  ['overview', 'minutes=1&minutes=2'],
])('/api/%s?%s is a 400', async (list, query) => {
  expect((await api.app.inject({ url: `/api/${list}?${query}` })).statusCode).toBe(400);
});

test.each([
  "q=' or 1=1 --",
  'q=%25_%5C',
  'q=a:* %26 !(b|c)',
  'q=💥',
  'q=%ED%A0%80',
  'q="',
  'q=-',
  'category=%27%3B drop table message',
  `conversationId=${'x'.repeat(128)}`,
])('/api/messages?%s finds nothing and breaks nothing', async (query) => {
  const response = await api.app.inject({ url: `/api/messages?${query}` });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ items: [], nextCursor: null });
});

test.each([
  '/api/messages/%00',
  `/api/messages/${'a'.repeat(129)}`,
  '/api/messages/%zz',
  '/api/messages/%ff',
])('%s is refused without a stack', async (url) => {
  const response = await api.app.inject({ url });
  expect([400, 404, 414]).toContain(response.statusCode);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.body).not.toContain('node_modules');
});

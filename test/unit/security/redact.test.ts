import { expect, it } from 'vitest';
import { redactUrl } from '../../../src/security/redact.ts';

it.each([
  ['postgres://mail:hunter2@db:5432/mail', 'postgres://mail:***@db:5432/mail'],
  ['postgres://mail:hun/t@er2@db/mail', 'postgres://mail:***@db/mail'],
  ['postgres://mail:123/hunter2@db/mail', 'postgres://mail:***@db/mail'],
  ['redis://:hunter2@cache:6379', 'redis://:***@cache:6379'],
  ['https://api.example.com/x?token=hunter2&page=2', 'https://api.example.com/x?token=***&page=2'],
  [
    'could not reach imaps://u:hunter2@h and https://a.example',
    'could not reach imaps://u:***@h and https://a.example',
  ],
  ['https://mail@example.com/inbox', 'https://mail@example.com/inbox'],
  ['no url at all', 'no url at all'],
])('redactUrl(%j) is %j', (text, expected) => {
  expect(redactUrl(text)).toBe(expected);
});

import { expect, test } from 'vitest';
import { isLoopbackHost } from '../../../src/domain/is-loopback-host.ts';

test.each(['localhost', 'LocalHost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('%s stays here', (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

test.each([
  '',
  'localhost.',
  'a.localhost',
  '127.0.0.1.example',
  '127.1',
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '2130706433',
])('"%s" may lead elsewhere', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});

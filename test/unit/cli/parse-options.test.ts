import { expect, it } from 'vitest';
import { parseAddress } from '../../../src/cli/parse-options.ts';

it('takes an e-mail address and nothing else', () => {
  expect(parseAddress('sales@example.org')).toBe('sales@example.org');
  for (const text of [
    '',
    'sales',
    'Sales <sales@example.org>',
    `${'a'.repeat(60)}@${'b.'.repeat(120)}example`,
  ]) {
    expect(() => parseAddress(text), text).toThrow('An e-mail address');
  }
});

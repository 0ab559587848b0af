import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine } from '../../../src/odoo/clean-line.ts';
import { createKeyedLock } from '../../../src/odoo/create-keyed-lock.ts';
import { toAddress } from '../../../src/odoo/to-address.ts';
import { toExternalId } from '../../../src/odoo/to-external-id.ts';
import { toSummaryHtml } from '../../../src/odoo/to-summary-html.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 400 });

describe('cleanLine', () => {
  test('gives one well-formed line within the limit, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const line = cleanLine(text, max);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u202A-\u202E]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  test('keeps emoji whole when it shortens', () => {
    expect(cleanLine('\u{1F600}'.repeat(9), 3)).toBe('\u{1F600}\u{1F600}…');
  });
});

describe('toSummaryHtml', () => {
  test('makes no tag but its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = toSummaryHtml({
          subject: text,
          summaryLine: text,
          summaryPoints: [text],
          category: text,
          priority: 'LOW',
        });
        const tags = html.match(/<[^>]*>?/g) ?? [];
        const own = new Set([
          '<p>',
          '</p>',
          '<strong>',
          '</strong>',
          '<ul>',
          '</ul>',
          '<li>',
          '</li>',
          '<br/>',
        ]);
        expect(tags.filter((tag) => !own.has(tag))).toEqual([]);
      }),
    );
  });
});

describe('toExternalId', () => {
  test('keeps a plain key readable and hashes any other', () => {
    expect(toExternalId('message', 'support-1f_A')).toBe('mailroom.message_support-1f_A');
    expect(toExternalId('partner', 'ada@example.org')).toMatch(/^mailroom\.partner_[0-9a-f]{64}$/);
    expect(toExternalId('message', 'a.b c')).toMatch(/^mailroom\.message_[0-9a-f]{64}$/);
  });
});

describe('toAddress', () => {
  test('lowers and trims one address', () => {
    expect(toAddress(' Ada.B+x_%@Example.ORG ')).toBe('ada.b+x_%@example.org');
  });

  test.each([
    '',
    'ada',
    '@x.org',
    'a@',
    'a@b@c',
    'a@x,b@y',
    'A <a@x.org>',
    'a@x\u0000',
    'a\n@x',
    `${'a'.repeat(320)}@x`,
  ])('refuses %j', (text) => {
    expect(() => toAddress(text)).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
  });
});

describe('createKeyedLock', () => {
  test('runs one key in order, other keys at once, and goes on after a failure', async () => {
    const lock = createKeyedLock();
    const seen: string[] = [];
    const gate = deferred();
    const first = lock('a', async () => {
      await gate.promise;
      seen.push('a1');
      throw new Error('a1');
    });
    const second = lock('a', async () => void seen.push('a2'));
    await lock('b', async () => void seen.push('b'));
    gate.resolve();
    await expect(first).rejects.toThrow('a1');
    await second;
    expect(seen).toEqual(['b', 'a1', 'a2']);
  });
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

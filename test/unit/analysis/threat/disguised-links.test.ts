import { describe, expect, it } from 'vitest';
import { readLinkTarget } from '../../../../src/analysis/threat/symbols/link-target.ts';
import { assess, letter, namesOf, page } from './assess.ts';

const linkNames = async (href: string): Promise<string[]> => {
  const threat = await assess(page(`<p>Please look at <a href="${href}">our page</a> today.</p>`));
  return namesOf(threat).filter((name) => name.startsWith('LINK_'));
};

describe('a link', () => {
  it.each([
    ['http://0x7f.0x1.2.3/a', ['LINK_ADDRESS_DISGUISED', 'LINK_TO_ADDRESS']],
    ['http://0313.0.0112.011/a', ['LINK_ADDRESS_DISGUISED', 'LINK_TO_ADDRESS']],
    ['http://3405803777/a', ['LINK_ADDRESS_DISGUISED', 'LINK_TO_ADDRESS']],
    ['http://203.0.113.9/a', ['LINK_TO_ADDRESS']],
    ['http://[2001:db8::1]/a', ['LINK_TO_ADDRESS']],
    ['//evil.example.com/a', ['LINK_WITHOUT_SCHEME']],
    ['https:evil.com', ['LINK_ODD_SLASHES']],
    ['https:\\\\evil.com\\a', ['LINK_ODD_SLASHES']],
    ['https://bank.com\\@evil.com', ['LINK_ODD_SLASHES']],
    ['https://bank.com@evil.com/a', ['LINK_HIDES_HOST']],
    ['https://%65vil.com/', ['LINK_HOST_DISGUISED']],
    ['https://ev&#x200b;il.com/', ['LINK_HOST_DISGUISED']],
    ['https://ev\u00adil.com/', ['LINK_HOST_DISGUISED']],
    ['https://ｅｖｉｌ。com/', ['LINK_HOST_DISGUISED']],
    ['ht&#9;tps&colon;//bank.com@evil.com/', ['LINK_HIDES_HOST']],
    ['https://paypal.com.account-check.com/', ['LINK_BORROWS_DOMAIN']],
    ['https://www.paypal.com-login.account-check.com/', ['LINK_BORROWS_DOMAIN']],
    ['https://nordwind.com.account-check.com/', ['LINK_BORROWS_DOMAIN']],
    ['https://paypal.de.account-check.com/', ['LINK_BORROWS_DOMAIN']],
  ])('written as %s is seen', async (href, expected) => {
    expect(await linkNames(href)).toEqual(expected);
  });

  it.each([
    'https://www.lindverlag.de/orders?id=1&amp;to=a@b.de#c',
    'https://user-guide.lindverlag.co.uk:8443/a@b/%C3%BC',
    'https://bücher.lindverlag.de/',
    'mailto:a@b.de',
    '#top',
    '/orders',
  ])('written as %s is plain', async (href) => {
    expect(await linkNames(href)).toEqual([]);
  });

  it('in a text is read with the slashes of either kind', async () => {
    expect(namesOf(await assess(letter('See https:\\\\evil.com\\a for more.')))).toContain(
      'LINK_ODD_SLASHES',
    );
  });

  it('in JSON that a letter quotes is written as JSON has it', async () => {
    const log = '{"url":"https:\\/\\/api.lindverlag.de\\/v1"}';
    expect(namesOf(await assess(letter(`The log says ${log}`)))).not.toContain('LINK_ODD_SLASHES');
    const evil = '{"url":"https:\\/\\/203.0.113.9\\/v1"}';
    expect(namesOf(await assess(letter(`The log says ${evil}`)))).toContain('LINK_TO_ADDRESS');
  });

  it.each([
    'https://myapp.at.lindverlag.de/',
    'https://auth.de.lindverlag.de/',
    'https://app.io.lindverlag.de',
  ])('to a subdomain of a firm borrows nothing: %s', async (href) => {
    expect(await linkNames(href)).toEqual([]);
  });

  it('leads where a browser goes', () => {
    expect(readLinkTarget('  HTTPS://Bank.com@0x7F000001/x')).toEqual({
      host: '127.0.0.1',
      user: 'Bank.com',
      disguises: ['number'],
    });
    expect(['mailto:a@b.de', '#a', '/a', 'https://', 'https://a b/'].map(readLinkTarget)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { read, readMail } from './support/read.ts';

const bytes = (...parts: (string | readonly number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

describe('charsets of a body', () => {
  it.each([
    ['koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], 'Привет'],
    ['windows-1251', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], 'Привет'],
    ['gb18030', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['"GB2312"', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
    ['cp1250', [0x8a], 'Š'],
    ['iso-8859-1', [0x80, 0x93, 0xe4, 0x94], '€“ä”'],
    ['windows-1252', [0x80], '€'],
    ['cp932', [0x93, 0xfa], '日'],
  ])('reads %s', async (charset, body, text) => {
    const view = await readMail([`Content-Type: text/plain; charset=${charset}`], Uint8Array.from(body));
    expect(view.text).toBe(text);
  });

  it('reads an unknown charset as windows-1252 and says so', async () => {
    const view = await readMail(['Content-Type: text/plain; charset=foo'], bytes('Gr', [0xfc], 'n'));
    expect(view.text).toBe('Grün');
    expect(view.warnings).toContain('charset "foo" unknown, read as windows-1252');
  });

  it('believes the bytes when UTF-8 is declared as Latin-1, and Latin-1 as UTF-8', async () => {
    const utf8 = await readMail(['Content-Type: text/plain; charset=iso-8859-1'], 'Grüße – danke');
    const latin1 = await readMail(
      ['Content-Type: text/plain; charset=utf-8'],
      bytes('Gr', [0xfc, 0xdf], 'e'),
    );
    expect([utf8.text, latin1.text]).toEqual(['Grüße – danke', 'Grüße']);
  });

  it('keeps UTF-8 with one broken byte as UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('Größe, Süße, Übung '), Buffer.from([0xff])]);
    const view = await readMail(['Content-Type: text/plain; charset=utf-8'], body);
    expect(view.text).toContain('Größe, Süße, Übung');
  });

  it('takes the charset of HTML from its meta element when the header names none', async () => {
    const html = bytes('<meta charset="koi8-r"><p>', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], '</p>');
    const view = await readMail(['Content-Type: text/html'], html);
    expect(view.text).toBe('Привет');
  });

  it('drops NUL and lone surrogates, which cannot be stored', async () => {
    const view = await readMail(['Content-Type: text/html; charset=utf-8'], 'a\u0000b &#xD800; c');
    expect(view.text.includes('\u0000')).toBe(false);
    expect(/\p{Surrogate}/u.test(view.text + (view.html ?? ''))).toBe(false);
  });
});

describe('charsets of a header', () => {
  it.each([
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?utf-8?B?R3LDvMOf?=\r\n =?utf-8?B?ZQ==?=', 'Grüße'],
    ['=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=', 'Grüße'],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?koi8-r?B?8NLJ18XU?=', 'Привет'],
    ['=?utf-8?Q?Gr=FC=DFe?=', 'Grüße'],
    ['=?iso-8859-1?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?utf-8*de?Q?a b_c?= and d', 'a b c and d'],
    ['=?broken?', '=?broken?'],
  ])('decodes %s', async (header, subject) => {
    const view = await readMail([`Subject: ${header}`], 'x');
    expect(view.subject).toBe(subject);
  });

  it('reads 8-bit headers as UTF-8, else in the charset of the body, else as windows-1252', async () => {
    const utf8 = await readMail(['Subject: Grüße'], 'x');
    const latin1 = await read(bytes('From: a@example.com\nSubject: Gr', [0xfc, 0xdf], 'e\n\nx'));
    const type = 'Content-Type: text/plain;\n\tcharset="koi8-r"';
    const russian = await read(bytes('Subject: ', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], `\n${type}\n\nx`));
    expect([utf8.subject, latin1.subject, russian.subject]).toEqual(['Grüße', 'Grüße', 'Привет']);
  });

  it('keeps commas of encoded names within the name', async () => {
    const view = await readMail(
      ['Cc: =?iso-8859-1?Q?M=FCller=2C_Ann?= <M@Example.com>, "Doe, Joe" <j@x.org>'],
      'x',
    );
    expect(view.cc).toEqual([
      { name: 'Müller, Ann', address: 'm@example.com' },
      { name: 'Doe, Joe', address: 'j@x.org' },
    ]);
  });

  it.each([
    [`filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf`, 'Grüße.pdf'],
    [`filename*0*=iso-8859-1''Gr%FC; filename*1*=%DFe; filename*2=.pdf`, 'Grüße.pdf'],
    ['filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?="', 'Grüße.pdf'],
    ['filename=Invoice (1).pdf', 'Invoice (1).pdf'],
    ['filename="..\\..\\etc/passwd"', 'passwd'],
    ['filename="a\u202efdp.exe"', 'afdp.exe'],
    ['', 'document.pdf'],
  ])('reads the attachment name of %s', async (disposition, filename) => {
    const view = await readMail(
      ['Content-Type: application/pdf', `Content-Disposition: attachment; ${disposition}`],
      'x',
    );
    expect(view.attachments[0]?.filename).toBe(filename);
  });
});

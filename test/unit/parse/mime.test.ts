import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { read, readMail, readText } from './support/read.ts';

const multipart = (type: string, ...parts: string[]): [string[], string] => [
  [`Content-Type: multipart/${type}; boundary="b"`],
  `preamble\r\n--b\r\n${parts.join('\r\n--b\r\n')}\r\n--b--\r\nepilogue`,
];
const PLAIN = 'Content-Type: text/plain; charset=utf-8\r\n\r\nplain';
const HTML = 'Content-Type: text/html\r\n\r\n<p>rich</p>';
const PDF =
  'Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nJVBERg==';

describe('the parts of a message', () => {
  it('takes the text from the text part and the rest as attachments with size and hash', async () => {
    const view = await readMail(...multipart('mixed', PLAIN, PDF));
    expect(view.text).toBe('plain');
    expect(view.attachments).toEqual([
      {
        filename: 'a.pdf',
        contentType: 'application/pdf',
        size: 4,
        disposition: 'attachment',
        contentId: undefined,
        sha256: '315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027',
      },
    ]);
  });

  it('takes one of two alternatives as text, and the text from HTML when it stands alone', async () => {
    const both = await readMail(...multipart('alternative', PLAIN, HTML));
    const html = await readMail(...multipart('mixed', HTML));
    expect([both.text, both.html, html.text]).toEqual(['plain', '<p>rich</p>', 'rich']);
  });

  it('keeps two pages of one alternative apart, with a file between them', async () => {
    const inner = `Content-Type: multipart/mixed; boundary="i"\r\n\r\n--i\r\n${HTML}\r\n--i\r\n${PDF}\r\n--i\r\n${HTML}\r\n--i--`;
    const view = await readMail(...multipart('alternative', PLAIN, inner));
    expect([view.text, view.html]).toEqual(['plain', '<p>rich</p>\n<hr />\n<p>rich</p>']);
    expect(view.attachments).toHaveLength(1);
  });

  it('survives a missing closing delimiter, a missing boundary parameter and a missing empty line', async () => {
    const open = await readMail(['Content-Type: multipart/mixed; boundary=b'], `--b\n${PLAIN}`);
    const undeclared = await readMail(['Content-Type: multipart/mixed'], `--b\n${PLAIN}\n--b--`);
    const glued = await read('From: a@example.com\nSubject: x\nHello, this is the body.\nMore of it.');
    expect([open.text, undeclared.text, glued.text]).toEqual([
      'plain',
      'plain',
      'Hello, this is the body.\nMore of it.',
    ]);
  });

  it('shows a carried message as a forward and keeps it as an attachment', async () => {
    const inner =
      'Content-Type: message/rfc822\r\n\r\nFrom: c@example.org\r\nSubject: Broken\r\n\r\nIt broke.';
    const view = await readMail(...multipart('mixed', PLAIN, inner));
    expect(view.visibleText).toContain('plain');
    expect(view.visibleText).toContain('From: c@example.org');
    expect(view.visibleText).toContain('It broke.');
    expect(view.attachments.map((attachment) => attachment.contentType)).toEqual(['message/rfc822']);
  });

  it('names a calendar that has no name and says that winmail.dat was broken', async () => {
    const calendar = 'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR';
    const tnef = 'Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx';
    const view = await readMail(...multipart('mixed', PLAIN, calendar, tnef));
    expect(view.attachments.map((attachment) => attachment.filename)).toEqual([
      'calendar.ics',
      'winmail.dat',
    ]);
    expect(view.warnings).toContain('winmail.dat (TNEF) broken, not opened');
  });

  it('joins format=flowed lines and undoes quoted-printable', async () => {
    const flowed = await readMail(
      ['Content-Type: text/plain; format=flowed'],
      'one \ntwo\n> a \n> b\n-- \nAnn',
    );
    const quoted = await readMail(['Content-Transfer-Encoding: quoted-printable'], 'a=\r\nb =3D=20c 1=1');
    expect([flowed.text, quoted.text]).toEqual(['one two\n> a b\n-- \nAnn', 'ab = c 1=1']);
  });

  it('undoes uuencoding, lost blanks at line ends included', async () => {
    const view = await readMail(
      ['Content-Type: application/msword; name=a.txt', 'Content-Transfer-Encoding: x-uuencode'],
      'begin 644 a.txt\r\n#0V%T\r\n$:&D@\r\n`\r\nend\r\n',
    );
    expect(view.attachments).toMatchObject([{ filename: 'a.txt', size: 7 }]);
    expect(view.warnings).toEqual([]);
  });

  it('stops base64 at its padding', async () => {
    const view = await readMail(['Content-Transfer-Encoding: base64'], 'aGk= junk behind');
    expect(view.text).toBe('hi');
  });
});

describe('the header', () => {
  it('survives fields called like object internals', async () => {
    const view = await readMail(['__proto__: x', 'constructor: y', 'toString: z', 'Subject: fine'], 'x');
    expect(view.subject).toBe('fine');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('reads past an mbox line, a byte order mark, broken folding and bare CR line ends', async () => {
    const mbox = await read('From ann Mon Mar  4\nSubject: a\n\nx');
    const bom = await read('\ufeffSubject: b\n\nx');
    const folding = await read('Received: from x\nby y with z\nid 1 (no colon)\nSubject: c\n\nx');
    const cr = await read('Subject: d\rFrom: a@example.com\r\rbody');
    expect([mbox.subject, bom.subject, folding.subject, cr.subject, cr.text]).toEqual([
      'a',
      'b',
      'c',
      'd',
      'body',
    ]);
  });

  it.each([
    ['Mon, 4 Mar 2024 10:00:00 +0100 (CET)', '2024-03-04T09:00:00.000Z'],
    ['Mon, 4 Mar 2024 10:00:00', '2024-03-04T10:00:00.000Z'],
    ['4 Mar 24 10:00 GMT', '2024-03-04T10:00:00.000Z'],
    ['yesterday', undefined],
    ['Thu, 1 Jan 9999 00:00:00 +0000', undefined],
  ])('reads the date %s', async (date, iso) => {
    const view = await read(`From: a@example.com\nDate: ${date}\n\nx`);
    expect(view.date?.toISOString()).toBe(iso);
  });

  it('names a mail system that signs without a domain, and warns when nobody signs', async () => {
    const daemon = await read('From: MAILER-DAEMON (Mail System)\n\nx');
    const nobody = await read('Subject: x\n\nx');
    expect(daemon.from).toEqual({ name: 'Mail System', address: 'mailer-daemon' });
    expect(nobody.from.address).toBe('');
    expect(nobody.warnings).toContain('From is missing or unreadable');
  });
});

describe('what is no message', () => {
  it.each([
    ['empty', ''],
    ['prose', 'Dear all,\n\nthis is no e-mail.\nFrom: nobody'],
    ['only line ends', '\n\n\r\n'],
  ])('refuses %s', async (_, source) => {
    await expect(read(source)).rejects.toMatchObject({ name: 'ServiceError', type: 'InvalidInput' });
  });

  it('refuses binary junk', async () => {
    const zip = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      Buffer.alloc(500, 0x9c),
      Buffer.from('\na: b\n'),
    ]);
    await expect(read(Buffer.concat([zip, Buffer.alloc(100)]))).rejects.toBeInstanceOf(ServiceError);
  });
});

describe('limits', () => {
  it('keeps what is within and warns about the rest', async () => {
    const parts = Array.from({ length: 30 }, (_, i) => `Content-Type: text/plain\r\n\r\npart ${i}`);
    const [header, body] = multipart('mixed', ...parts);
    const source = `From: a@example.com\n${header.join('\n')}\n\n${body}`;
    const view = await read(source, { maxParts: 10 });
    expect(view.text).toContain('part 8');
    expect(view.text).not.toContain('part 9');
    expect(view.warnings).toContain('over 10 parts, the rest not read');
  });

  it('bounds nesting, header, text and HTML depth', async () => {
    let nested = 'Content-Type: multipart/mixed; boundary=b0\n\n';
    for (let i = 0; i < 60; i++) nested += `--b${i}\nContent-Type: multipart/mixed; boundary=b${i + 1}\n\n`;
    const deep = await read(`From: a@example.com\n${nested}`);
    const wide = await read(`From: a@example.com\n${'X-A: 1\n'.repeat(1000)}\nbody`, { maxHeaderBytes: 500 });
    const long = await read(`From: a@example.com\n\n${'a '.repeat(1000)}`, { maxTextBytes: 100 });
    const divs = await read(`From: a@example.com\nContent-Type: text/html\n\n${'<div>'.repeat(5000)}hi`);
    expect(deep.warnings.join()).toContain('multiparts within each other');
    expect([wide.from.address, wide.text]).toEqual(['a@example.com', 'body']);
    expect(wide.warnings.join()).toContain('over 500 header bytes');
    expect(long.text.length).toBeLessThanOrEqual(100);
    expect([divs.text, divs.html]).toEqual(['hi', undefined]);
  });
});

describe('hostile input', () => {
  const survives = async (raw: Uint8Array): Promise<void> => {
    const outcome = await read(raw).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ type: 'InvalidInput' });
    else expect(outcome).toHaveProperty('visibleText');
  };

  it('never crashes on random bytes, with or without a header before them', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), survives));
    const types = fc.constantFrom('text/plain', 'text/html', 'multipart/mixed; boundary=b', 'message/rfc822');
    const mail = fc.tuple(
      types,
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.uint8Array({ maxLength: 2000 }),
    );
    await fc.assert(
      fc.asyncProperty(mail, ([type, subject, body]) =>
        survives(Buffer.concat([Buffer.from(`Content-Type: ${type}\nSubject: ${subject}\n\n--b\n`), body])),
      ),
    );
  });

  it('keeps PII spans in order, apart and within the visible text', async () => {
    const words = fc.constantFrom(
      'a@b.example',
      '+49 30 901820',
      '4111111111111111',
      '10.0.0.1',
      'x',
      '@',
      '1',
      ' ',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 40 }), async (list) => {
        const view = await readText(list.join(' '));
        let floor = 0;
        for (const span of view.pii) {
          expect(span.start).toBeGreaterThanOrEqual(floor);
          expect(span.end).toBeGreaterThan(span.start);
          floor = span.end;
        }
        expect(floor).toBeLessThanOrEqual(view.visibleText.length);
      }),
    );
  });

  it.each([
    '> ',
    'On 1:00 wrote',
    'From: a\nSent: b\n',
    '--\n',
    '1-',
    '+49 ',
    'a@a.',
    '\u00a0x',
    '((',
    'DE89 ',
    '- original message',
  ])('reads a megabyte of %j in linear time', async (piece) => {
    const view = await readText(piece.repeat(1_000_000 / piece.length));
    expect(view.text.length).toBeGreaterThan(900_000);
  });

  it.each(['<div>', '<p><p', '<a href="', '<!--', '&', '<p style="', '<blockquote>x', '<table><tr><td>'])(
    'reads a megabyte of %s in linear time',
    async (piece) => {
      const view = await readMail(['Content-Type: text/html'], piece.repeat(1_000_000 / piece.length));
      expect(view.warnings.length).toBeGreaterThan(0);
    },
  );

  it.each(['(', '<', '=?a?q?', '"', 'a@b.c,', ';a*0=x', '<a@'])(
    'reads headers full of %s in linear time',
    async (piece) => {
      const value = piece.repeat(200_000 / piece.length);
      for (const name of ['From', 'Subject', 'References', 'Content-Type', 'Content-Disposition']) {
        const view = await read(`${name}: ${value}\nX-Last: 1\n\nbody`);
        expect(view.text).toBeDefined();
      }
    },
  );
});

import { describe, expect, it } from 'vitest';
import { read, readMail } from './support/read.ts';

const PLAIN = 'Content-Type: text/plain\n\nHello from the depot.';

describe('boundaries that do not hold', () => {
  it.each([
    ['declared as the beginning of the one in use', 'box', `--box17\n${PLAIN}\n--box17--`],
    ['declared other than the one in use', 'box', `--crate\n${PLAIN}\n--crate--`],
    ['closed with one dash', 'box', `--box\n${PLAIN}\n--box-`],
    ['never closed', 'box', `--box\n${PLAIN}`],
  ])('%s', async (_, boundary, body) => {
    const view = await readMail([`Content-Type: multipart/mixed; boundary="${boundary}"`], body);
    expect(view.text).toBe('Hello from the depot.');
  });

  it('says that a multipart was not closed', async () => {
    const view = await readMail(['Content-Type: multipart/mixed; boundary=box'], `--box\n${PLAIN}`);
    expect(view.warnings).toContain('multipart not closed, its last part may be cut short');
  });

  it('tells the opening of an inner multipart from the closing of the outer one', async () => {
    const inner =
      'Content-Type: multipart/mixed; boundary="box--"\n\n--box--\nContent-Type: text/plain\n\nInner.\n--box----';
    const view = await readMail(['Content-Type: multipart/mixed; boundary="box"'], `--box\n${inner}\n`);
    expect(view.text).toBe('Inner.');
  });

  it('leaves the closing delimiter of a multipart without parts out of its text', async () => {
    const view = await readMail(['Content-Type: multipart/mixed; boundary=box'], 'Only words.\n--box--\n');
    expect(view.text).toBe('Only words.');
  });

  it('ends a header at the first delimiter when the empty line holds a blank', async () => {
    const view = await read(
      `From: a@example.com\nContent-Type: multipart/mixed; boundary=box\n \n--box\n${PLAIN}\n--box--`,
    );
    expect(view.text).toBe('Hello from the depot.');
  });

  it('believes the Content-Type of two whose boundary is in use', async () => {
    const view = await readMail(
      ['Content-Type: text/plain', 'Content-Type: multipart/mixed; boundary=box'],
      `--box\n${PLAIN}\n--box\nContent-Type: image/png; name=a.png\n\nx\n--box--`,
    );
    expect([view.text, view.attachments.map(({ filename }) => filename)]).toEqual([
      'Hello from the depot.',
      ['a.png'],
    ]);
  });
});

describe('a text with a name', () => {
  it('is the body where it stands alone, first or as an alternative, and a file elsewhere', async () => {
    const named = 'Content-Type: text/plain; name=note.txt\n\nThe note.';
    const alone = await readMail(['Content-Type: text/plain; name=note.txt'], 'The note.');
    const first = await readMail(
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\nContent-Disposition: inline; filename=note.txt\n${named}\n--b--`,
    );
    const later = await readMail(
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\n${PLAIN}\n--b\n${named}\n--b--`,
    );
    const either = await readMail(
      ['Content-Type: multipart/alternative; boundary=b'],
      `--b\n${PLAIN}\n--b\nContent-Type: text/html; name=note.html\n\n<p>Rich</p>\n--b--`,
    );
    expect([alone.text, first.text, later.text, either.html]).toEqual([
      'The note.',
      'The note.',
      'Hello from the depot.',
      '<p>Rich</p>',
    ]);
    expect([alone, first, later, either].map(({ attachments }) => attachments.length)).toEqual([0, 0, 1, 0]);
  });
});

describe('text that is not encoded as it says', () => {
  it('is read as it is when it says base64 and is plain words', async () => {
    const header = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'];
    const words = 'The parcel came today\nand the lid is broken.';
    expect((await readMail(header, words)).text).toBe(words);
  });

  it('keeps the signs of loss that its sender wrote', async () => {
    const body = Buffer.from('Lost: \ufffd\ufffd\ufffd, and \xe1', 'utf8');
    const broken = Buffer.concat([body, Buffer.from([0xe1])]);
    const source = Buffer.concat([
      Buffer.from('From: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n'),
      broken,
    ]);
    expect((await read(source)).text).toContain('Lost: \ufffd\ufffd\ufffd, and \u00e1');
  });

  it.each([
    ['utf-7', 'Gr+APwA3w-e', 'Grüße'],
    ['hz-gb-2312', 'Hi ~{VPND~}!', 'Hi 中文!'],
    ['iso-2022-kr', '\x1b$)C\x0eGQ1[\x0f', '한글'],
    ['cp850', 'Gr\x81\xe1e', 'Grüße'],
  ])('is decoded from %s', async (charset, sent, text) => {
    const source = Buffer.from(
      `From: a@example.com\nContent-Type: text/plain; charset=${charset}\n\n${sent}`,
      'latin1',
    );
    expect((await read(source)).text).toBe(text);
  });
});

describe('authors written strangely', () => {
  it.each([
    ['From: Jane <jane(office)@depot . example>', 'Jane', 'jane@depot.example'],
    ['From: <@relay.example, @other.example:jane@depot.example>', '', 'jane@depot.example'],
    ['From  : Jane <jane@depot.example>', 'Jane', 'jane@depot.example'],
    ['From: "Depot", <jane@depot.example>', 'Depot', 'jane@depot.example'],
    ['From: "Depot <jane@depot.example>', 'Depot', 'jane@depot.example'],
    ['From: Delivery System <>', 'Delivery System', ''],
    ['From: Depot <>\nReply-To: jane@depot.example', 'Depot', 'jane@depot.example'],
    ['From: MAILER-DAEMON', 'MAILER-DAEMON', 'mailer-daemon'],
  ])('%s', async (header, name, address) => {
    expect((await read(`${header}\nSubject: x\n\ny`)).from).toEqual({ name, address });
  });
});

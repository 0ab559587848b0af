import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressRtf } from '../../../src/mail/parse/decompress-rtf.ts';
import { openTnef } from '../../../src/mail/parse/open-tnef.ts';
import { rtfToText } from '../../../src/mail/parse/rtf-text.ts';
import { readMail } from './support/read.ts';
import { attribute, properties, sampleTnef, tnef } from './support/tnef.ts';

const HEADER = ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'];
const mail = (bytes: Buffer) => readMail(HEADER, bytes.toString('base64'));

describe('winmail.dat', () => {
  it('gives its files in place of itself, and its body when the mail has none', async () => {
    const view = await mail(sampleTnef());
    expect(view.attachments.map(({ filename, contentType, size }) => [filename, contentType, size])).toEqual([
      ['Grüße.pdf', 'application/pdf', 8],
    ]);
    expect([view.text, view.html]).toEqual(['From Outlook', '<p>From Outlook</p>']);
    expect(view.incomplete).toBe(false);
  });

  it('stays an attachment when it is broken, and the mail is marked', async () => {
    const view = await mail(Buffer.from('no container at all'));
    expect(view.attachments.map(({ filename }) => filename)).toEqual(['winmail.dat']);
    expect(view.warnings).toContain('winmail.dat (TNEF) broken, not opened');
    expect(view.incomplete).toBe(true);
  });

  it('stays beside what was read of it when it is cut off, and the mail is marked', async () => {
    for (const length of [6, 12, 20, sampleTnef().length - 30]) {
      const view = await mail(sampleTnef().subarray(0, length));
      expect(view.attachments.map(({ filename }) => filename)).toContain('winmail.dat');
      expect(view.warnings).toContain('winmail.dat (TNEF) cut off, opened as far as it goes');
      expect(view.incomplete).toBe(true);
    }
  });

  it('reads what is there of one that was cut off at any byte', () => {
    const whole = sampleTnef();
    for (let length = 6; length < whole.length; length++) {
      const content = openTnef(whole.subarray(0, length));
      expect(content?.files.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it('never throws on bytes that lie about their lengths', () => {
    const flipped = fc.tuple(fc.nat(sampleTnef().length - 7), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(flipped, { minLength: 1, maxLength: 8 }), (flips) => {
        const bytes = sampleTnef();
        for (const [at, value] of flips) bytes[at + 6] = value;
        expect(openTnef(bytes)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('opens attached messages to a depth of three', () => {
    const nest = (bytes: Buffer): Buffer =>
      tnef(
        attribute(2, 0x00069002, Buffer.alloc(14)),
        attribute(2, 0x00069005, properties([0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), bytes])])),
      );
    const twice = openTnef(nest(nest(sampleTnef())));
    expect(twice?.files.map(({ filename }) => filename)).toEqual(['message.html', 'Grüße.pdf']);
    const deep = openTnef(nest(nest(nest(nest(sampleTnef())))));
    expect(deep?.files.map(({ filename }) => filename)).not.toContain('Grüße.pdf');
  });
});

describe('RTF of Outlook', () => {
  it('is decompressed by the rules of MS-OXRTFCP', () => {
    // The example of MS-OXRTFCP 3.1.
    const sample = Buffer.from(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      'hex',
    );
    expect(decompressRtf(sample).toString('latin1')).toBe(
      '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
    );
  });

  it('becomes text without fonts, with the letters of its code page', () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}\\pard \\'cf\\'f0\\'e8\\par \\u8364?5 {\\*\\x y}\\{z\\}}";
    expect(rtfToText(Buffer.from(rtf, 'latin1'))).toBe('При\n€5 {z}');
  });
});

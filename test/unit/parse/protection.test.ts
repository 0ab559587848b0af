import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readMail, readText } from './support/read.ts';

describe('signed and encrypted mail', () => {
  it.each([
    ['multipart/signed; protocol="application/pgp-signature"; boundary=b', 'pgp-signed'],
    ['multipart/signed; protocol="application/pkcs7-signature"; boundary=b', 'smime-signed'],
    ['multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', 'pgp-encrypted'],
    ['application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'smime-encrypted'],
    ['application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m', 'smime-signed'],
  ])('is told by %s', async (type, protection) => {
    const view = await readMail([`Content-Type: ${type}`], '--b\r\n\r\nhello\r\n--b--');
    expect(view.protection).toContain(protection);
  });

  it('is told by its armour within a text', async () => {
    const encrypted = await readText('-----BEGIN PGP MESSAGE-----\n\nabc=\n-----END PGP MESSAGE-----');
    const signed = await readText('-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhello');
    const plain = await readText('hello');
    expect([encrypted, signed, plain].map(({ protection }) => protection)).toEqual([
      ['pgp-encrypted'],
      ['pgp-signed'],
      [],
    ]);
  });

  it('keeps its parts byte for byte', async () => {
    const bytes = Buffer.from([0x30, 0x80, 0x0d, 0x0a, 0x00, 0xff]);
    const view = await readMail(
      [
        'Content-Type: application/pkcs7-mime; smime-type=enveloped-data',
        'Content-Transfer-Encoding: base64',
      ],
      bytes.toString('base64'),
    );
    expect(view.attachments).toMatchObject([
      { filename: 'smime.p7m', size: 6, sha256: createHash('sha256').update(bytes).digest('hex') },
    ]);
  });
});

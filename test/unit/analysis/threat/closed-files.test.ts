import { describe, expect, it } from 'vitest';
import { makeZip } from '../../attachment-text/make-files.ts';
import { assess, namesOf, withFile } from './assess.ts';

const judged = async (filename: string, bytes: Buffer): Promise<string[]> =>
  namesOf(await assess(withFile(filename, bytes))).filter((name) => /^(?:FILE|ARCHIVE)_/.test(name));

/** A compound file with one entry in its directory. */
function compound(name: string, at = 1024): Buffer {
  const bytes = Buffer.alloc(2048);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.write(name, at, 'utf16le');
  return bytes;
}

describe('a file that cannot be looked into', () => {
  it.each([
    ['prices.xls', compound('_VBA_PROJECT_CUR'), ['FILE_MACROS']],
    ['letter.doc', compound('_VBA_PROJECT'), ['FILE_MACROS']],
    ['letter.docx', compound('EncryptedPackage'), ['FILE_ENCRYPTED']],
    ['scan.zip', makeZip([{ name: 'a.pdf', content: 'x', encrypted: true }]), ['ARCHIVE_ENCRYPTED']],
    [
      'scan.zip',
      makeZip([
        { name: 'readme.txt', content: 'x' },
        { name: 'a.pdf', content: 'x', encrypted: true },
      ]),
      ['ARCHIVE_ENCRYPTED'],
    ],
    ['scan.rar', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), ['ARCHIVE_UNSEEN']],
    ['scan.pdf', Buffer.from('377abcaf271c0004', 'hex'), ['ARCHIVE_UNSEEN']],
  ])('is said of %s', async (filename, bytes, expected) => {
    expect(await judged(filename, bytes)).toEqual(expected);
  });

  it('is not said of one that can', async () => {
    // The word within the text of a document, off the places of entries.
    expect(await judged('letter.doc', compound('_VBA_PROJECT', 1026))).toEqual([]);
    expect(await judged('scan.zip', makeZip([{ name: 'a.pdf', content: 'x' }]))).toEqual([]);
  });
});

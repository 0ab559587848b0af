import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_ATTACHMENT_LIMITS as LIMITS } from '../../../src/mail/attachment-text/attachment-limits.ts';
import { createAttachmentReader } from '../../../src/mail/attachment-text/create-attachment-reader.ts';
import { makeMarks } from './make-pictures.ts';

const file = (filename: string, bytes: Uint8Array) => ({
  filename,
  contentType: 'application/octet-stream',
  bytes,
});
const MARKS = file('marks.png', makeMarks(2800));
const CODE = file('code.png', readFileSync(new URL('../../fixtures/pictures/qr-code.png', import.meta.url)));
const NOTE = file('note.txt', Buffer.from('Invoice 4711'));
const LINK = 'https://account-check.example.top/a';
/** The longest that pictures may keep a mail: the wait, a thread's start, the search, and a slow machine's doubt. */
const MOST_MS = LIMITS.maxPictureWaitMs + 5_000 + LIMITS.maxPicturesMs + 3_000;

const reader = createAttachmentReader({ ...LIMITS, maxPictureMs: 100, maxPicturesMs: 300 }, 2);
const timed = async <T>(work: Promise<T>) => {
  const start = performance.now();
  return { answer: await work, ms: performance.now() - start };
};

describe('pictures that take too long', { timeout: 60_000 }, () => {
  afterAll(() => reader.close());

  it('keep no document of others waiting, and no mail for long', async () => {
    await reader.read([NOTE, CODE]);
    const hostile = Array.from({ length: 40 }, () => timed(reader.read([MARKS, MARKS])));
    const notes = await Promise.all(Array.from({ length: 10 }, () => timed(reader.read([NOTE]))));
    expect(notes.map(({ answer }) => answer[0]?.text)).toEqual(Array.from(notes, () => 'Invoice 4711'));
    expect(Math.max(...notes.map(({ ms }) => ms))).toBeLessThan(MOST_MS);
    const both = await timed(reader.read([CODE, NOTE]));
    expect(both.answer[1]?.text).toBe('Invoice 4711');
    const all = [both, ...(await Promise.all(hostile))];
    expect(Math.max(...all.map(({ ms }) => ms))).toBeLessThan(MOST_MS);
    for (const { answer } of all.slice(1)) {
      expect(answer.map(({ reason }) => reason)).toSatisfy((reasons: string[]) =>
        reasons.every((reason) => /^(?:took longer than|not searched: )/.test(reason)),
      );
    }
    // The next mail after the storm is searched as ever.
    const calm = createAttachmentReader({ ...LIMITS, maxPictureMs: 10_000, maxPicturesMs: 10_000 });
    const [first] = await calm.read([CODE]).finally(() => calm.close());
    expect(first?.text).toBe(LINK);
  });

  it('are told at once from the rest of a mail that nobody waits for any more', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(reader.read([NOTE], gone)).rejects.toThrow('gone');
    await expect(reader.read([CODE], gone)).rejects.toThrow('gone');
  });
});

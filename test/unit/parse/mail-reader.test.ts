import { afterAll, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { DEFAULT_ATTACHMENT_LIMITS } from '../../../src/mail/attachment-text/attachment-limits.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { createMailReader, type MailReaderOptions } from '../../../src/mail/reader/create-mail-reader.ts';
import { createSlots } from '../../../src/mail/reader/create-slots.ts';

const OPTIONS: MailReaderOptions = {
  limits: DEFAULT_READ_LIMITS,
  attachments: { ...DEFAULT_ATTACHMENT_LIMITS, maxMs: 20_000, maxTotalMs: 20_000 },
  threads: 1,
  maxMs: 30_000,
  inlineBytes: 1000,
  maxHeapMb: 256,
};
const mail = (body: string): Buffer =>
  Buffer.from(`From: ann@example.com\nSubject: Hi\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\n${body}`);

const reader = createMailReader(OPTIONS);
const hasty = createMailReader({ ...OPTIONS, maxMs: 1 });
afterAll(() => Promise.all([reader.close(), hasty.close()]));

describe('the mail reader', () => {
  it('reads a big mail in a thread as a small one at once', { timeout: 60_000 }, async () => {
    const long = 'Please send an offer. '.repeat(100);
    const { view: small } = await reader.read(mail('Please.'));
    const { view: big, facts } = await reader.read(mail(long));
    expect(small.text).toBe('Please.');
    expect(big).toMatchObject({ subject: 'Hi', text: long.trimEnd(), incomplete: false, warnings: [] });
    expect(big.date).toEqual(new Date('2026-03-02T10:00:00Z'));
    expect(facts.headers.get('subject')).toEqual(['Hi']);
  });

  it('refuses what is no mail the same way in both', { timeout: 60_000 }, async () => {
    const refused = { type: 'InvalidInput', fix: expect.stringContaining('.eml') };
    await expect(reader.read(Buffer.alloc(10))).rejects.toMatchObject(refused);
    await expect(reader.read(Buffer.alloc(2000))).rejects.toMatchObject(refused);
    await expect(reader.read(Buffer.alloc(2000))).rejects.toBeInstanceOf(ServiceError);
  });

  it('shows the start of a mail that takes too long, marked, and reads on', async () => {
    const { view, facts } = await hasty.read(mail('words '.repeat(1000)));
    expect(view).toMatchObject({ subject: 'Hi', incomplete: true });
    expect(view.text).toContain('words words');
    expect(facts.headers.get('from')).toEqual(['ann@example.com']);
    expect(view.warnings[0]).toBe('over 0.001 s to read, only the start was read');
    expect((await hasty.read(mail('Short.'))).view.text).toBe('Short.');
  });
});

const letter = (filename: string, content: string, fill = ''): Buffer =>
  Buffer.from(
    [
      'From: ann@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
      `--b\r\nContent-Type: text/plain\r\n\r\nSee file${fill}\r\n`,
      `--b\r\nContent-Type: application/octet-stream; name=${filename}\r\n`,
      `Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
      `${Buffer.from(content).toString('base64')}\r\n--b--\r\n`,
    ].join(''),
  );

describe('the text of attachments', { timeout: 60_000 }, () => {
  const found = { content: { text: 'Invoice 4711', truncated: false } };

  it('is read of a small mail and of a big one alike', async () => {
    const { view: small } = await reader.read(letter('a.txt', 'Invoice 4711'));
    const { view: big } = await reader.read(letter('a.txt', 'Invoice 4711', ' words'.repeat(500)));
    expect(small.attachments).toMatchObject([found]);
    expect(big.attachments).toMatchObject([found]);
  });

  it('is absent of a kind that is not read', async () => {
    const { view } = await reader.read(letter('a.bin', 'Invoice 4711'));
    expect(view.attachments).toHaveLength(1);
    expect(view.attachments[0]).not.toHaveProperty('content');
  });

  it('that takes too long is left out with the reason, not the mail', async () => {
    const attachments = { ...DEFAULT_ATTACHMENT_LIMITS, maxMs: 1 };
    const hurried = createMailReader({ ...OPTIONS, attachments });
    const { view } = await hurried.read(letter('a.pdf', '%PDF-1.7')).finally(() => hurried.close());
    expect(view).toMatchObject({ text: 'See file', incomplete: false });
    expect(view.attachments[0]?.content).toMatchObject({ text: '', reason: 'took longer than 0.001 s' });
  });
});

describe('slots', () => {
  it('run so many jobs at a time, in order, and go on after one that fails', async () => {
    const slots = createSlots(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const jobs = [0, 1, 2, 3].map((index) =>
      slots.run(async () => {
        started.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (index === 0) throw new Error('broken');
      }),
    );
    const settled = Promise.allSettled(jobs);
    expect(started).toEqual([0, 1]);
    ends[0]?.();
    await expect(jobs[0]).rejects.toThrow('broken');
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2]);
    ends[1]?.();
    await jobs[1];
    await Promise.resolve();
    for (const end of ends) end();
    await settled;
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('go to the next who waits when one gave up', async () => {
    const slots = createSlots(1);
    let end = (): void => undefined;
    const first = slots.run(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const caller = new AbortController();
    const ran: string[] = [];
    const left = slots.run(async () => ran.push('left'), caller.signal);
    const next = slots.run(async () => ran.push('next'), caller.signal);
    const last = slots.run(async () => ran.push('last'));
    caller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(next).rejects.toThrow('gone');
    end();
    await Promise.all([first, last]);
    expect(ran).toEqual(['last']);
    await expect(slots.run(async () => 1, caller.signal)).rejects.toThrow('gone');
    expect(await slots.run(async () => 2)).toBe(2);
  });
});

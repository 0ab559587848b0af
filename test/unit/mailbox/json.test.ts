import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFilesMailbox } from '../../../src/mail/files/open-files-mailbox.ts';
import { toRawMessage } from '../../../src/mail/files/to-raw-message.ts';
import { makeFolder } from './make-folder.ts';
import { readAll } from './read-all.ts';

const RAW = 'From: ada@example.com\r\nSubject: Hi\r\n\r\nGrüße\r\n';
const text = (raw: Uint8Array | undefined): string => Buffer.from(raw ?? []).toString();

async function readFileNamed(name: string, content: string | Buffer, changes = {}) {
  const root = makeFolder({ [name]: content });
  return readAll(await openFilesMailbox(join(root, name)), changes);
}

describe('NDJSON', () => {
  test('reads raw, rawBase64 and structured lines and reports the bad ones with their line', async () => {
    const lines = [
      JSON.stringify({ raw: RAW }),
      '{"raw": oops}',
      '',
      JSON.stringify({ rawBase64: Buffer.from(RAW).toString('base64') }),
      JSON.stringify({ rawBase64: '***' }),
      JSON.stringify({ from: 'ada@example.com', to: 'desk@example.com', subject: 'Hi', text: 'Hello' }),
      '[1,2]',
      JSON.stringify({ colour: 'red' }),
      JSON.stringify({ to: 7, subject: { no: 1 } }),
      JSON.stringify({ raw: 'x'.repeat(1_500_000) }),
      JSON.stringify({ raw: RAW.replace('Hi', 'Last') }),
    ];
    const items = await readFileNamed('in.ndjson', lines.join('\n'), { maxItems: 2 });
    expect(items.map((item) => [item.label.replace('in.ndjson, line ', ''), item.fault?.reason])).toEqual([
      ['1', undefined],
      ['2', 'It is not valid JSON.'],
      ['4', undefined],
      ['5', '`rawBase64` is not base64.'],
      ['6', undefined],
      ['7', 'It is not an object.'],
      ['8', expect.stringContaining('neither')],
      ['9', '`subject` must be text.'],
      ['10', expect.stringContaining('the limit is')],
      ['11', undefined],
    ]);
    expect(text(items[0]?.raw)).toBe(RAW);
    expect(items[2]?.providerKey).toBe(items[0]?.providerKey);
  });

  test('never holds a line over the limit', async () => {
    const items = await readFileNamed(
      'in.jsonl',
      `{"raw":"${'x'.repeat(5_000_000)}"}\n${JSON.stringify({ raw: RAW })}`,
    );
    expect(items.map((item) => item.fault?.type)).toEqual(['InvalidInput', undefined]);
  });
});

describe('a JSON array', () => {
  test('gives the same items as NDJSON, page by page', async () => {
    const objects = [
      { raw: RAW },
      { from: 'a@example.com', subject: 'br[ack]et "and" \\ {brace}' },
      { text: 'ü' },
    ];
    const fromArray = await readFileNamed('in.json', JSON.stringify(objects, undefined, 2), { maxItems: 1 });
    const fromLines = await readFileNamed(
      'in.json',
      objects.map((object) => JSON.stringify(object)).join('\n'),
    );
    expect(fromArray.map((item) => text(item.raw))).toEqual(fromLines.map((item) => text(item.raw)));
    expect(fromArray.map((item) => item.label)).toEqual([
      'in.json, item 1',
      'in.json, item 2',
      'in.json, item 3',
    ]);
  });

  test('keeps one bad element to itself', async () => {
    const items = await readFileNamed(
      'in.json',
      `[{"raw":${JSON.stringify(RAW)}}, {"a": oops}, 7, nul, {"text":"x"}]`,
    );
    expect(items.map((item) => item.fault?.reason)).toEqual([
      undefined,
      'It is not valid JSON.',
      'It is not an object.',
      'It is not valid JSON.',
      undefined,
    ]);
  });

  test('says that the file is cut off', async () => {
    for (const content of ['[{"text":"a"}', '[{"text":"a"}, {"text":"b', '[{"text":"a"},\n']) {
      const items = await readFileNamed('in.json', content, { maxItems: 1 });
      expect(items.map((item) => item.fault?.reason)).toEqual([
        undefined,
        expect.stringContaining('not closed'),
      ]);
    }
  });

  test('holds nothing when it is empty, and a single object over several lines is refused', async () => {
    expect(await readFileNamed('in.json', '[]')).toEqual([]);
    await expect(readFileNamed('in.json', '{\n  "text": "a"\n}')).rejects.toMatchObject({
      type: 'InvalidInput',
    });
  });

  test('survives any bytes behind the bracket', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        const items = await readFileNamed('in.json', Buffer.concat([Buffer.from('[{"text":"a"},'), noise]));
        expect(items[0]?.fault).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe('structured mail', () => {
  const mail = {
    from: { name: 'Ada "A" Lovelace', address: 'ada@example.com' },
    to: ['desk@example.com', { address: 'b@example.com' }],
    cc: 'c@example.com',
    subject: 'Grüße\r\nBcc: evil@example.com',
    text: 'Hello\nworld',
    html: '<p>Hello</p>',
    date: '2024-05-01 10:00:00',
    messageId: '<1@example.com>',
    inReplyTo: '<0@example.com>',
    references: ['<-1@example.com>', '<0@example.com>'],
    attachments: [{ filename: 'räport.pdf', contentType: 'application/pdf', contentBase64: 'AAEC' }],
  };

  test('becomes the same bytes every time, with the date in UTC', async () => {
    const one = await toRawMessage(mail);
    expect(await toRawMessage(JSON.parse(JSON.stringify(mail)))).toEqual(one);
    const head = one.toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).toContain('Date: Wed, 01 May 2024 10:00:00 +0000');
    expect(head).toContain('Message-ID: <1@example.com>');
    expect(head).toContain('References: <-1@example.com> <0@example.com>');
    expect(head.split('\r\n').some((line) => line.startsWith('Bcc:'))).toBe(false);
    expect(one.toString('latin1')).toContain('AAEC');
  });

  test('has no Date and no Message-ID that was not given, and takes the names of SQL columns', async () => {
    const raw = (
      await toRawMessage({ from: 'a@example.com', subject: 'x', text: 'Date: y\nMessage-ID: z' })
    ).toString();
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^(Date|Message-ID):/m);
    expect(raw).toContain('Date: y');
    const columns = (
      await toRawMessage({ from: 'a@example.com', message_id: '<1@x>', in_reply_to: '<0@x>' })
    ).toString();
    expect(columns).toContain('Message-ID: <1@x>');
    expect(columns).toContain('In-Reply-To: <0@x>');
  });

  test('never reads a file or a URL that an attachment names', async () => {
    const trick = {
      subject: 'x',
      text: 'y',
      attachments: [{ filename: 'a', path: '/etc/passwd', contentBase64: 'QQ==' }],
    };
    expect((await toRawMessage(trick)).toString()).not.toContain('root:');
  });
});

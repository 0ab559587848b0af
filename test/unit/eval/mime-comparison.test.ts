import { describe, expect, it } from 'vitest';
import { compareParse } from '../../eval/tasks/mime-comparison.ts';
import { messageView } from '../../support/message-view.ts';

const file = (filename: string, contentType = 'application/pdf') =>
  ({ filename, contentType, size: 1, disposition: 'attachment', contentId: undefined, sha256: '' }) as const;

describe('the comparison with another parser', () => {
  it('takes a letter that is missing, added or another for a miss', () => {
    const view = messageView({ text: 'Grüße aus Köln' });
    const body = (text: string) => compareParse(view, { body: text, content_type: 'text/plain' }, '').body;
    expect(['Grüße aus\nKöln', 'Gr\ufffd\ufffde aus K\ufffdln'].map(body)).toEqual([true, true]);
    expect(['Grüße aus Kön', 'Grüße aus Kölln', 'Grüsse aus Köln', 'Gr\ufffde aus Köln'].map(body)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('lets more text and a file less pass of broken mail alone', () => {
    const expected = { n_parts: 3, n_attachments: 1, text: ['one'], html: ['one'] };
    const broken = messageView({
      text: 'one two',
      warnings: ['multipart not closed, its last part may be cut'],
    });
    expect(compareParse(broken, expected, '')).toMatchObject({ body: true, attachments: true });
    expect(compareParse({ ...broken, warnings: [] }, expected, '')).toMatchObject({
      body: false,
      attachments: false,
    });
    expect(compareParse({ ...broken, text: 'on' }, expected, '').body).toBe(false);
  });

  it('counts the pages of a body that the other parser lists as files, and no other file', () => {
    const attachments = ['message.html', 'document.html'].map((filename) => ({
      filename,
      mime: 'text/html',
    }));
    const expected = { body: 'one', content_type: 'text/html', attachments };
    const pages = messageView({ text: 'one two', html: 'one\n<hr />\ntwo' });
    expect(compareParse(pages, expected, '')).toMatchObject({ body: true, attachments: true });
    const page = messageView({ text: 'one two', html: 'one two' });
    expect(compareParse(page, expected, '')).toMatchObject({ body: false, attachments: false });
  });

  it('compares names without the folders of the sender, and counts what is attached', () => {
    const named = (filename: string, mine: string) => {
      const attachments = [{ filename, mime: 'application/pdf' }];
      const view = messageView({ text: '', attachments: [file(mine)] });
      return compareParse(view, { attachments }, '').attachments;
    };
    expect(named('C:\\mail\\a.pdf', 'a.pdf')).toBe(true);
    expect(named('b.pdf', 'a.pdf')).toBe(false);
    expect(compareParse(messageView({ text: '' }), { n_attachments: 1 }, '').attachments).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { BatchStore, UploadedItem } from '../../db/batch-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { PageRequest } from '../../src/mail/mailbox.ts';
import { openUploadMailbox } from '../../src/open-upload-mailbox.ts';
import { createSealer } from '../../src/security/seal.ts';
import { fakeStore } from './support/fake-store.ts';

const SEALER = createSealer(new Map([[1, new Uint8Array(32).fill(3)]]));

function open(texts: readonly string[], sealedFor = 'b1') {
  const uploads: UploadedItem[] = texts.map((text, position) => ({
    label: `message ${position + 1}`,
    bytes: SEALER.seal(Buffer.from(text), `upload/bytes/${sealedFor}/${position}`),
  }));
  const batches = fakeStore<BatchStore>('batches', {
    countUploads: async () => uploads.length,
    listUploads: async (_id, from, limit) =>
      uploads.map((item, position) => ({ ...item, position })).slice(from, from + limit),
  });
  const mailbox = openUploadMailbox('b1', batches, SEALER);
  const progress: number[] = [];
  const read = (cursor: string | undefined, facts: Partial<PageRequest> = {}) =>
    mailbox.readPage({
      cursor,
      maxItems: 2,
      maxBytes: 1_000_000,
      maxMessageBytes: 20,
      signal: new AbortController().signal,
      onProgress: (items) => void progress.push(items),
      ...facts,
    });
  return { read, progress };
}

describe('what was uploaded', () => {
  it('is read in pages, forward, to its end', async () => {
    const { read, progress } = open(['one', 'two', 'three']);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      const page = await read(cursor);
      seen.push(...page.items.map(({ raw }) => Buffer.from(raw ?? []).toString()));
      ({ cursor, done } = page);
    }
    expect(seen).toEqual(['one', 'two', 'three']);
    expect(progress).toEqual([2, 1]);
  });

  it('ends with an empty page when the last one was full, and may be empty', async () => {
    const { read } = open(['one', 'two']);
    const first = await read(undefined);
    expect(first).toMatchObject({ done: false, total: 2 });
    expect(await read(first.cursor)).toMatchObject({ items: [], done: true, cursor: '2' });
    expect(await open([]).read(undefined)).toMatchObject({ items: [], done: true, cursor: '0' });
  });

  it('has the same identity whenever the same bytes are uploaded', async () => {
    const { items } = await open(['same', 'same', 'other']).read(undefined, { maxItems: 3 });
    expect(items[0]?.providerKey).toBe(items[1]?.providerKey);
    expect(items[0]?.providerKey).not.toBe(items[2]?.providerKey);
  });

  it('and is too large goes to quarantine with both sizes', async () => {
    const { items } = await open(['x'.repeat(20), 'x'.repeat(21)]).read(undefined);
    expect(items[0]?.fault).toBeUndefined();
    expect(items[1]).toMatchObject({ raw: undefined, size: 21, fault: { type: 'InvalidInput' } });
    expect(items[1]?.fault?.reason).toMatch(/21.*20/);
  });

  it('for another batch does not open', async () => {
    await expect(open(['one'], 'b2').read(undefined)).rejects.toBeInstanceOf(ServiceError);
  });
});

import type { BatchStore } from '../db/batch-store.ts';
import { sourceHash } from './mail/identity.ts';
import type { Mailbox } from './mail/mailbox.ts';
import type { Sealer } from './security/seal.ts';

/** What was posted to the API, read like any other mailbox. The cursor is the next position. */
export function openUploadMailbox(batchId: string, batches: BatchStore, sealer: Sealer): Mailbox {
  return {
    async readPage({ cursor, maxItems, maxMessageBytes, onProgress }) {
      const from = cursor === undefined ? 0 : Number.parseInt(cursor, 10);
      const rows = await batches.listUploads(batchId, from, maxItems);
      onProgress(rows.length);
      const items = rows.map(({ position, label, bytes }) => {
        const raw = sealer.open(bytes, `upload/bytes/${batchId}/${position}`);
        const tooLarge = raw.byteLength > maxMessageBytes;
        const reason = `The message holds ${raw.byteLength} bytes, more than MAX_MESSAGE_BYTES (${maxMessageBytes})`;
        return {
          providerKey: `sha256:${sourceHash(raw)}`,
          raw: tooLarge ? undefined : raw,
          size: raw.byteLength,
          receivedAt: undefined,
          label,
          fault: tooLarge ? ({ type: 'InvalidInput', reason } as const) : undefined,
        };
      });
      const total = await batches.countUploads(batchId);
      return { items, cursor: String(from + rows.length), done: rows.length < maxItems, total };
    },
    close: () => Promise.resolve(),
  };
}

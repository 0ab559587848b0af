import { createHash, type Hash } from 'node:crypto';

export interface ByteSink {
  add(bytes: Buffer): void;
  /** `bytes` is undefined when there were more than `limit`; `key` names them all the same. */
  finish(): { readonly bytes: Buffer | undefined; readonly size: number; readonly key: string | undefined };
}

/** Gathers pieces up to `limit` bytes; beyond it they are only counted and hashed, never held. */
export function createByteSink(limit: number): ByteSink {
  let pieces: Buffer[] = [];
  let size = 0;
  let hash: Hash | undefined;
  return {
    add(bytes) {
      size += bytes.length;
      if (hash === undefined && size <= limit) {
        pieces.push(bytes);
        return;
      }
      if (hash === undefined) {
        hash = createHash('sha256');
        for (const piece of pieces) hash.update(piece);
        pieces = [];
      }
      hash.update(bytes);
    },
    finish() {
      if (hash !== undefined) return { bytes: undefined, size, key: `sha256:${hash.digest('hex')}` };
      return { bytes: Buffer.concat(pieces, size), size, key: undefined };
    },
  };
}

import { open } from 'node:fs/promises';

const TAIL_BYTES = 4096;

/** The last `lines` non-empty lines of a log that were written after byte `from`, as one string; '' when unreadable. */
export async function readLogTail(path: string, from = 0, lines = 5): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(size >= from ? from : 0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .slice(-lines)
      .join('\n');
  } finally {
    await file.close();
  }
}

import { open } from 'node:fs/promises';

const TAIL_BYTES = 8192;
const MAX_LINE = 300;

/** The last `lines` lines of a log written after byte `from`, cut to 300 characters each; '' when unreadable. */
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
      .map((line) => line.trim().slice(0, MAX_LINE))
      .filter(Boolean)
      .slice(-lines)
      .join('\n');
  } finally {
    await file.close();
  }
}

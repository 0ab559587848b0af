import { unzipSync } from 'fflate';

const MOST = 500;

/** Names of the entries of a ZIP, nothing unpacked; empty for what is none. */
export function listArchive(bytes: Uint8Array): readonly string[] | 'unreadable' {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3 || bytes[3] !== 4) return [];
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (names.length < MOST) names.push(name.slice(0, 300));
        return false;
      },
    });
  } catch (error) {
    // Cut off, or made to break readers: said by its own symbol.
    if (error instanceof Error) return 'unreadable';
    throw error;
  }
  return names;
}

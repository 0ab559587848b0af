const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const WINDOW = 4096;
const MAX_BYTES = 4 * 1024 * 1024;
/** What both sides know before the first byte (MS-OXRTFCP 2.1.2.1). */
const PRELOADED = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/** Undoes the compression of RTF within Outlook mail (MS-OXRTFCP); what was read so far where the data ends early. */
export function decompressRtf(data: Buffer): Buffer {
  if (data.length < 16) return Buffer.alloc(0);
  const size = Math.min(data.readUInt32LE(4), MAX_BYTES);
  const kind = data.readUInt32LE(8);
  if (kind === UNCOMPRESSED) return data.subarray(16, 16 + size);
  return kind === COMPRESSED ? inflate(data.subarray(16), size) : Buffer.alloc(0);
}

function inflate(data: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size);
  const window = Buffer.alloc(WINDOW);
  PRELOADED.copy(window);
  let written = 0;
  let at = PRELOADED.length;
  const put = (byte: number): void => {
    if (written < size) out[written++] = byte;
    window[at] = byte;
    at = (at + 1) % WINDOW;
  };
  let pos = 0;
  while (pos < data.length && written < size) {
    const control = data[pos++] ?? 0;
    for (let bit = 0; bit < 8 && pos < data.length && written < size; bit++) {
      if (((control >> bit) & 1) === 0) {
        put(data[pos++] ?? 0);
        continue;
      }
      const reference = ((data[pos] ?? 0) << 8) | (data[pos + 1] ?? 0);
      pos += 2;
      const from = reference >> 4;
      if (from === at) return out.subarray(0, written);
      for (let i = 0; i < (reference & 15) + 2; i++) put(window[(from + i) % WINDOW] ?? 0);
    }
  }
  return out.subarray(0, written);
}

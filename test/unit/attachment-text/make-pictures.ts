import { deflateSync } from 'node:zlib';

/** An 8-bit grey PNG that declares one size and may hold other data; nobody checks its sums. */
export function makePng(width: number, height: number, pixels: Buffer): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const data = chunk('IDAT', deflateSync(pixels));
  return Buffer.concat([signature, chunk('IHDR', header), data, chunk('IEND', Buffer.alloc(0))]);
}

/** The corner mark of a QR code (ISO 18004) with a pixel a module, and the quiet zone to the next. */
const MARK = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111', '0000000'];

/** A small file that is long to search: every corner mark might belong to a code with every other two. */
export function makeMarks(side: number): Buffer {
  const rows = MARK.map((row) => {
    const tile = Buffer.from([...`${row}0`].map((bit) => (bit === '1' ? 0 : 255)));
    return Buffer.concat([Buffer.from([0]), Buffer.alloc(side, tile)]);
  });
  const all = Array.from({ length: side }, (_, y) => rows[y % rows.length] ?? Buffer.alloc(0));
  return makePng(side, side, Buffer.concat(all));
}

const le16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const le32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

function pad(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
}

/** One attribute: level 1 of the message, 2 of an attachment. */
export function attribute(level: number, id: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([level]), le32(id), le32(data.length), data, le16(0)]);
}

/** A property list with one variable-length value for each property. */
export function properties(...list: readonly (readonly [type: number, id: number, data: Buffer])[]): Buffer {
  const written = list.map(([type, id, data]) =>
    Buffer.concat([le16(type), le16(id), le32(1), le32(data.length), pad(data)]),
  );
  return Buffer.concat([le32(list.length), ...written]);
}

/** A winmail.dat of these attributes. */
export function tnef(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([le32(0x223e9f78), le16(1), ...attributes]);
}

export const utf16 = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');

/** With an HTML body and one PDF. */
export function sampleTnef(): Buffer {
  const file = properties([0x1f, 0x3707, utf16('Grüße.pdf')], [0x1f, 0x370e, utf16('application/pdf')]);
  return tnef(
    attribute(1, 0x00069003, properties([0x102, 0x1013, Buffer.from('<p>From Outlook</p>')])),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x0006800f, Buffer.from('%PDF-1.4')),
    attribute(2, 0x00069005, file),
  );
}

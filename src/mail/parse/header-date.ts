const EARLIEST = Date.UTC(1971, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** The Date field (RFC 5322 3.3), obsolete forms too; undefined when it is missing, unreadable or absurd. */
export function parseHeaderDate(value: string | undefined): Date | undefined {
  if (!value) return undefined;
  const plain = value
    .slice(0, 200)
    .replace(/\([^()]{0,100}\)/g, ' ')
    .trim();
  // Without a zone V8 assumes the zone of this machine; RFC 5322 4.3 says unknown, so UTC.
  const zoned = /\d:\d\d$/.test(plain) ? `${plain} +0000` : plain;
  const time = Date.parse(zoned);
  return time >= EARLIEST && time < LATEST ? new Date(time) : undefined;
}

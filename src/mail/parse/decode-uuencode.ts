const LF = 0x0a;
const BEGIN = /^begin [0-7]{3,4} \S/;

/** Undoes uuencoding (POSIX), which old programs declare as `x-uuencode`; as it is when no `begin` line stands in it. */
export function decodeUuencode(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let inside = false;
  for (let pos = 0; pos < body.length; ) {
    const at = body.indexOf(LF, pos);
    const next = at < 0 ? body.length : at + 1;
    const line = body.toString('latin1', pos, Math.min(next, pos + 200)).trimEnd();
    pos = next;
    if (!inside) inside = BEGIN.test(line);
    else if (line === 'end') break;
    else pieces.push(decodeLine(line));
  }
  return inside ? Buffer.concat(pieces) : body;
}

/** The first letter counts the bytes, each group of four letters holds three of them. */
function decodeLine(line: string): Buffer {
  const length = six(line, 0);
  const out = Buffer.alloc(length);
  for (let i = 1, to = 0; to < length; i += 4, to += 3) {
    const group =
      (six(line, i) << 18) | (six(line, i + 1) << 12) | (six(line, i + 2) << 6) | six(line, i + 3);
    out[to] = group >> 16;
    if (to + 1 < length) out[to + 1] = (group >> 8) & 255;
    if (to + 2 < length) out[to + 2] = group & 255;
  }
  return out;
}

// Trailing blanks were zeros and got lost on the way.
function six(line: string, index: number): number {
  return index < line.length ? (line.charCodeAt(index) - 32) & 63 : 0;
}

const HEAD_BYTES = 8192;
/** RFC 5322 2.2: printable US-ASCII without the colon. Two characters at least, so that noise rarely fits. */
const HEADER_LINE = /^[!-9;-~]{2,127}[ \t]*:/;
const MAX_CONTROL_SHARE = 0.05;

/**
 * True when a header line stands before the first empty line of the first 8 KiB and the lines up to it are
 * text. Lenient on purpose: broken mail is read by the parser, only what is no mail at all is stopped here.
 */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString(
    'latin1',
  );
  const text = head.replace(/^\u00ef\u00bb\u00bf/, '').replace(/^[\r\n]+/, '');
  let read = 0;
  let controls = 0;
  for (const line of text.split('\n')) {
    if (line === '' || line === '\r') return false;
    read += line.length;
    controls += countControls(line);
    if (HEADER_LINE.test(line)) return controls <= read * MAX_CONTROL_SHARE;
  }
  return false;
}

function countControls(line: string): number {
  let count = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    // Tab, CR and ESC (ISO-2022-JP) belong to mail.
    if (code < 32 && code !== 9 && code !== 13 && code !== 27) count++;
  }
  return count;
}

import { decodeText } from './decode-text.ts';

const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;
/** Groups that hold no text of the message. */
const SILENT = new Set(
  'fonttbl colortbl stylesheet info pict object header footer listtable generator'.split(' '),
);
const BREAKS: ReadonlyMap<string, string> = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['row', '\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
]);

interface Group {
  readonly silent: boolean;
  /** `\htmlrtf`: RTF that only repeats what an HTML tag beside it says (MS-OXRTFEX). */
  readonly repeated: boolean;
}

/** The text of an RTF document: enough to read a mail, nothing of its looks. */
export function rtfToText(rtf: Buffer): string {
  const source = rtf.toString('latin1');
  const charset = `windows-${/\\ansicpg(\d{3,5})/.exec(source.slice(0, 2000))?.[1] ?? '1252'}`;
  const stack: Group[] = [];
  let group: Group = { silent: false, repeated: false };
  let skip = 0;
  let octets: number[] = [];
  const out: string[] = [];
  const flush = (): void => {
    if (octets.length > 0) out.push(decodeText(Buffer.from(octets), charset).text);
    octets = [];
  };
  const write = (text: string): void => {
    flush();
    const shown = text.slice(skip);
    skip = Math.max(0, skip - text.length);
    if (!group.silent && !group.repeated) out.push(shown);
  };
  for (const [, word, number, hex, symbol, brace, plain] of source.matchAll(TOKEN)) {
    if (brace === '{') stack.push(group);
    else if (brace === '}') group = stack.pop() ?? group;
    else if (symbol === '*') group = { ...group, silent: true };
    else if (symbol !== undefined) write(symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : '');
    else if (hex !== undefined) {
      if (skip > 0) skip--;
      else if (!group.silent && !group.repeated) octets.push(Number.parseInt(hex, 16));
    } else if (plain !== undefined) write(plain);
    else if (word === 'htmlrtf') group = { ...group, repeated: number !== '0' };
    else if (word === 'u' && number !== undefined) {
      write(String.fromCharCode(Number(number) & 0xffff));
      skip = 1;
    } else if (word !== undefined && SILENT.has(word)) group = { ...group, silent: true };
    else if (word !== undefined) write(BREAKS.get(word) ?? '');
  }
  flush();
  return out.join('').trim();
}

import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { findShiftedDecoder } from './shifted-charsets.ts';

/** What turns bytes into text; TextDecoder is one. */
export interface Decoder {
  readonly encoding: string;
  decode(bytes: Uint8Array): string;
}

const decoders = new Map<string, Decoder>();
/** Old charsets that are no part of the WHATWG registry: UTF-7, DOS and Mac code pages, VISCII, ARMSCII. */
const OLD =
  /^(?:utf-?7|utf-?32(?:[lb]e)?|(?:cp|ibm|ibm-|x-cp)\d{3,4}|x?-?mac-?[a-z]{3,12}|viscii|armscii-?8|tcvn|hp-?roman8|koi8-[rtu]{1,2}|georgian[a-z]{2,9})$/;

// Labels seen in mail that the WHATWG registry (and so TextDecoder) does not know.
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cp936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['cp932', 'shift_jis'],
  ['cp950', 'big5'],
  ['cp65001', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
  ['ansi', 'windows-1252'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['iso-2022-jp-3', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['x-mac-roman', 'macintosh'],
]);

const WINDOWS_PAGE = /^(?:x-)?(?:windows|win|cp|ms)[-_ ]?(125[0-8]|874)$/;
const ISO_8859 = /^(?:x-)?iso[-_ ]?8859[-_ ]?(\d{1,2})(?:-[ei])?$/;

/** The decoder of a declared charset, however it is spelled; undefined when nobody knows it. */
export function findDecoder(declared: string): Decoder | undefined {
  const label = toLabel(declared);
  const known = decoders.get(label);
  if (known) return known;
  for (const name of candidates(label)) {
    const decoder = tryDecoder(name);
    if (!decoder) continue;
    // Only labels of the registry are remembered, so made-up names cannot fill the map.
    if (name === label) decoders.set(label, decoder);
    return decoder;
  }
  return findShiftedDecoder(label) ?? findOldDecoder(label);
}

function findOldDecoder(label: string): Decoder | undefined {
  if (!OLD.test(label) || !iconv.encodingExists(label)) return undefined;
  return { encoding: label, decode: (bytes) => iconv.decode(Buffer.from(bytes), label) };
}

function toLabel(declared: string): string {
  return (/[^\s"';,]+/.exec(declared.slice(0, 80))?.[0] ?? '').toLowerCase();
}

function candidates(label: string): readonly string[] {
  const windows = WINDOWS_PAGE.exec(label)?.[1];
  const iso = ISO_8859.exec(label)?.[1];
  const alias = ALIASES.get(label);
  return [
    label,
    ...(alias ? [alias] : []),
    ...(windows ? [`windows-${windows}`] : []),
    ...(iso ? [`iso-8859-${iso}`] : []),
    label.replaceAll('_', '-'),
  ];
}

function tryDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

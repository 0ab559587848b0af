import { decodeText } from './decode-text.ts';
import type { MimePart } from './mime-part.ts';
import { unflow } from './unflow.ts';
import type { Warnings } from './warnings.ts';

const META_CHARSET = /<meta\s[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})/i;

/** The text of a text or HTML part: charset by header, else by `<meta>`; format=flowed lines joined (RFC 3676). */
export function decodePartText(
  part: MimePart,
  bytes: Buffer,
  kind: 'plain' | 'html',
  warnings: Warnings,
): string {
  const declared = part.contentType.params.get('charset') || (kind === 'html' ? sniffMeta(bytes) : undefined);
  const decoded = decodeText(bytes, declared);
  if (decoded.warning) warnings.add(decoded.warning);
  const flowed = kind === 'plain' && part.contentType.params.get('format')?.toLowerCase() === 'flowed';
  return flowed
    ? unflow(decoded.text, part.contentType.params.get('delsp')?.toLowerCase() === 'yes')
    : decoded.text;
}

function sniffMeta(bytes: Buffer): string | undefined {
  return META_CHARSET.exec(bytes.toString('latin1', 0, 2048))?.[1];
}

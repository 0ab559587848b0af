import { maskResponse } from '../smtp/mask-response.ts';

const MAX_LENGTH = 80;
const MAX_READ = 600;

/**
 * The first of a server's names, for a sentence that ends in histories: one line, a cut one with `…`, and `<address>` in
 * place of the part of a path that holds one (`Shared/<address>/INBOX`).
 */
export function nameSome(names: readonly string[], most: number): string {
  return names.slice(0, most).map(toShown).join(', ');
}

function toShown(name: string): string {
  const line = name.slice(0, MAX_READ).replace(/[\s\p{Cc}]+/gu, ' ');
  const shown = [...line.split('/').map(mask).join('/')];
  return shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH - 1).join('')}…` : shown.join('');
}

/** As it is, its spaces included, where there is nothing to mask. */
function mask(part: string): string {
  const masked = maskResponse(part);
  return masked.includes('<address>') ? masked : part;
}

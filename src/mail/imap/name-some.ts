import { maskResponse } from '../smtp/mask-response.ts';

const MAX_LENGTH = 80;

/** The first of a server's names, for a sentence that ends in histories: one line, none too long, no addresses. */
export function nameSome(names: readonly string[], most: number): string {
  return names
    .slice(0, most)
    .map((name) => maskResponse(name).slice(0, MAX_LENGTH))
    .join(', ');
}

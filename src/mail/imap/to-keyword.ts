import { ServiceError } from '../../domain/service-error.ts';

const MAX_LENGTH = 64;

/**
 * A label as an IMAP keyword: an atom (RFC 9051 9, flag-keyword), so `Handled by Mailroom` is `Handled_by_Mailroom`
 * and `Geprüft` is `Gepruft`. Throws InvalidInput when no letter or digit is left.
 */
export function toKeyword(label: string): string {
  const keyword = label
    .slice(0, 4 * MAX_LENGTH)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/[^\x21-\x7e]|[(){%*"\\\]]/gu, '_')
    .slice(0, MAX_LENGTH);
  if (/[a-z0-9]/i.test(keyword)) return keyword;
  throw new ServiceError(
    'InvalidInput',
    `"${label.slice(0, MAX_LENGTH)}" cannot be a label of an IMAP server.`,
    {
      fix: 'Name the label with Latin letters or digits.',
    },
  );
}

import { IMITATED_NAMES } from '../../local/classify/evidence/imitated-names.ts';

export interface BorrowedDomain {
  readonly of: string;
  /** Ours, or a known brand's. */
  readonly known: boolean;
}

const ENDINGS = new Set(
  'com net org eu info biz co io de at ch fr es it nl be pt pl uk ie us ca au br sg jp'.split(' '),
);

/** Another's domain in front of the real one, which a narrow screen cuts off: `paypal.com.account.example`. */
export function findBorrowedDomain(
  host: string,
  domain: string,
  ownDomains: readonly string[],
): BorrowedDomain | undefined {
  const labels = host.slice(0, Math.max(0, host.length - domain.length - 1)).split('.');
  const found = labels.flatMap((name, index): BorrowedDomain[] => {
    // `paypal.com-login.example` reads alike.
    const ending = labels[index + 1]?.split('-')[0] ?? '';
    if (name.length < 3 || !ENDINGS.has(ending)) return [];
    const of = `${name.split('-').at(-1)}.${ending}`;
    const known = IMITATED_NAMES.includes(of.split('.')[0] ?? '') || ownDomains.includes(of);
    // Firms have such subdomains of their own: `login.de.firm.example`.
    return known || ending.length > 2 ? [{ of, known }] : [];
  });
  return found.find(({ known }) => known) ?? found[0];
}

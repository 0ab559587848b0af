import type { Account } from '../../../schemas/account.ts';
import { formatNumber } from '../format/format-number.ts';
import './account-ledger.css';
import { TimeAgo } from './time-ago.tsx';

type Ledger = NonNullable<Account['ledger']>;

/** What became of every message that the mailbox holds, as the last audit found it. */
export function AccountLedger({ ledger }: { readonly ledger: Account['ledger'] }) {
  if (ledger === null) return <p className="small faint">Not audited yet</p>;
  const parts = toParts(ledger);
  return (
    <div className="ledger">
      <div className="ledger-bar" aria-hidden="true">
        {parts.map(({ name, count }) => (
          // Widths by attribute: the page may carry no inline styles.
          <svg key={name} className={`ledger-${name}`} width={`${share(count, ledger)}%`} height="6" />
        ))}
      </div>
      <p className="ledger-words">
        <span>{formatNumber(ledger.listed)} in the mailbox</span>
        {parts.map(({ name, words, count }) => (
          <span key={name} className={name === 'unaccounted' ? 'ledger-alarm' : undefined}>
            {formatNumber(count)} {words}
          </span>
        ))}
        {ledger.unaccounted === 0 ? <span>none unaccounted for</span> : null}
        <span>
          audited <TimeAgo instant={ledger.auditedAt} />
        </span>
      </p>
    </div>
  );
}

function toParts({
  processed,
  unfinished,
  skipped,
  deleted,
  quarantined,
  unaccounted,
  pending,
  healed,
}: Ledger) {
  return [
    { name: 'processed', words: 'processed', count: processed + healed },
    { name: 'pending', words: 'on the way', count: unfinished + pending },
    { name: 'skipped', words: 'left alone', count: skipped + deleted },
    { name: 'quarantined', words: 'quarantined', count: quarantined },
    { name: 'unaccounted', words: 'unaccounted for', count: unaccounted },
  ].filter(({ count }) => count > 0);
}

function share(count: number, { listed }: Ledger): number {
  return listed === 0 ? 0 : Math.max(1, Math.round((count / listed) * 1000) / 10);
}

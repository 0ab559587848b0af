import { useId } from 'react';
import { Link } from 'react-router';
import type { Account } from '../../../schemas/account.ts';
import { describeHealth } from '../format/describe-health.ts';
import { describeMailbox, describePace } from '../format/describe-mailbox.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatDuration } from '../format/format-duration.ts';
import { formatNumber } from '../format/format-number.ts';
import { AccountActions } from './account-actions.tsx';
import './account-card.css';
import { AccountAudit } from './account-audit.tsx';
import { AccountLedger } from './account-ledger.tsx';
import { Badge } from './badge.tsx';
import { RemoveAccount } from './remove-account.tsx';
import { TimeAgo } from './time-ago.tsx';

/** One mailbox: whether its mail is processed, what is wrong and what to do, and where every message went. */
export function AccountCard({ account }: { readonly account: Account }) {
  const { id, name, address, health, ledger } = account;
  const { label, tone } = describeHealth(health.state);
  const titleId = useId();
  return (
    <article className="account" aria-labelledby={titleId}>
      <header className="account-head">
        <div className="stack">
          <h2 id={titleId}>
            <Link to={`/messages?accountId=${encodeURIComponent(id)}`}>{name}</Link>
            <Badge tone={tone}>{label}</Badge>
          </h2>
          <p className="small soft">{address}</p>
          <p className="small faint">{describeMailbox(account)}</p>
          <p className="small faint">
            {describePace(account)}
            {account.lastPullAt === null ? null : (
              <>
                {' · last pulled '}
                <TimeAgo instant={account.lastPullAt} />
              </>
            )}
          </p>
        </div>
      </header>
      <Trouble account={account} />
      <Facts account={account} />
      <AccountLedger ledger={ledger} />
      <AccountAudit account={account} />
      <Budget budget={account.modelBudget} />
      {account.state === 'removed' ? (
        <RemoveAccount account={account} />
      ) : (
        <AccountActions account={account} />
      )}
    </article>
  );
}

/** What is wrong, each once, and what to do about the state. */
function Trouble({ account: { health } }: { readonly account: Account }) {
  const { tone } = describeHealth(health.state);
  const isTrouble = tone === 'red' || tone === 'amber';
  const reason = isTrouble ? health.reason : null;
  const others = health.errors.filter((error) => reason === null || !error.endsWith(reason));
  if (reason === null && others.length === 0) return null;
  return (
    <div className={`account-trouble account-trouble-${tone === 'red' ? 'red' : 'amber'}`}>
      {reason === null ? null : (
        <p>
          <strong>{reason}</strong>
        </p>
      )}
      {others.map((error) => (
        <p key={error}>{error}</p>
      ))}
      {isTrouble && health.fix !== null ? <p className="soft">{health.fix}</p> : null}
    </div>
  );
}

function Facts({ account }: { readonly account: Account }) {
  const { health, limits } = account;
  const { today, unfinished, lagSeconds } = health;
  const most = limits.messagesPerDay === null ? '' : ` of ${formatNumber(limits.messagesPerDay)}`;
  return (
    <dl className="account-facts">
      <div>
        <dt>Last message</dt>
        <dd>{health.lastMessageAt === null ? 'none yet' : <TimeAgo instant={health.lastMessageAt} />}</dd>
      </div>
      <div>
        <dt>Waiting</dt>
        <dd>
          {unfinished === 0 ? 'none' : formatNumber(unfinished)}
          {lagSeconds === 0 ? null : <span className="faint"> for {formatDuration(lagSeconds)}</span>}
        </dd>
      </div>
      <div>
        <dt>Today</dt>
        <dd>
          {formatNumber(today.messages)}
          {most} <span className="faint">{today.bytes === 0 ? '' : formatBytes(today.bytes)}</span>
        </dd>
      </div>
      <div>
        <dt>Next pull</dt>
        <dd>{health.nextRunAt === null ? 'not planned' : <TimeAgo instant={health.nextRunAt} />}</dd>
      </div>
    </dl>
  );
}

/** Only where a model was asked today, or would have been. */
function Budget({ budget }: { readonly budget: Account['modelBudget'] }) {
  const { tokens, tokensPerDay, refused } = budget;
  if (tokens === 0 && refused === 0) return null;
  const most = tokensPerDay === null ? '' : ` of ${formatNumber(tokensPerDay)}`;
  return (
    <p className={`small ${refused === 0 ? 'faint' : 'error-text'}`}>
      {formatNumber(tokens)}
      {most} model tokens today{refused === 0 ? '' : `, ${formatNumber(refused)} reads without a model`}
    </p>
  );
}

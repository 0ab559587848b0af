import { useState } from 'react';
import type { z } from 'zod';
import type { EntryFate } from '../../../../src/domain/audit.ts';
import type { Account } from '../../../schemas/account.ts';
import type { Audit } from '../../../schemas/audit.ts';
import { useAction } from '../api/use-action.ts';
import { useAudit } from '../api/use-audit.ts';
import { describeFate, FATE_ORDER } from '../format/describe-fate.ts';
import { formatNumber } from '../format/format-number.ts';
import './account-audit.css';
import { AuditEntryList } from './audit-entry-list.tsx';
import { Button } from './button.tsx';
import { DialogButton } from './dialog-button.tsx';
import { Notice } from './notice.tsx';
import { QueryView } from './query-view.tsx';
import { TimeAgo } from './time-ago.tsx';

type AuditView = z.input<typeof Audit>;

/** Compares a mailbox with what is stored of it, and shows the outcome message by message. */
export function AccountAudit({ account }: { readonly account: Account }) {
  const { id, kind, files, name, state, ledger } = account;
  if (kind === 'files' && files === null) return null;
  return (
    <span className="row">
      {state === 'active' ? <AuditNow account={account} /> : null}
      <DialogButton
        label="Ledger"
        icon="docs"
        look={ledger !== null && ledger.unaccounted > 0 ? 'danger' : 'quiet'}
        title={`Where the mail of ${name} went`}
        className="audit dialog-wide"
      >
        {(close) => (
          <>
            <Outcome accountId={id} />
            <div className="dialog-buttons">
              {state === 'active' ? <AuditNow account={account} /> : null}
              <Button onClick={close}>Close</Button>
            </div>
          </>
        )}
      </DialogButton>
    </span>
  );
}

function AuditNow({ account: { id, name } }: { readonly account: Account }) {
  const action = useAction();
  const path = `/api/accounts/${encodeURIComponent(id)}/audit`;
  return (
    <Button
      look="quiet"
      icon="search"
      disabled={action.isPending}
      onClick={() => action.mutate({ path, done: `${name} is being audited` })}
    >
      Audit now
    </Button>
  );
}

function Outcome({ accountId }: { readonly accountId: string }) {
  const audits = useAudit(accountId);
  return (
    <QueryView {...audits} lines={5}>
      {({ latest, items: [newest] }) => (
        <div className="audit-outcome">
          {newest?.state === 'running' ? (
            <p className="small soft" role="status">
              An audit is under way, {formatNumber(newest.listed)} listed so far.
            </p>
          ) : null}
          {newest?.state === 'failed' ? (
            <Notice tone="bad" title="The last audit did not come to its end">
              <p>{newest.reason}</p>
            </Notice>
          ) : null}
          {latest === null ? <p className="soft">Not audited yet.</p> : <Ledger audit={latest} />}
        </div>
      )}
    </QueryView>
  );
}

function Ledger({ audit }: { readonly audit: AuditView }) {
  const counts = { ...audit, missing: audit.unaccounted };
  const shown = FATE_ORDER.filter((fate) => fate === 'missing' || counts[fate] > 0);
  const [chosen, choose] = useState<EntryFate>();
  const fate = chosen ?? shown.find((one) => counts[one] > 0) ?? 'missing';
  return (
    <>
      {audit.unaccounted > 0 ? (
        <p className="audit-alarm" role="alert">
          {formatNumber(audit.unaccounted)} unaccounted for. The next audit fetches what can be had.
        </p>
      ) : null}
      <p className="small soft">
        Audited <TimeAgo instant={audit.startedAt} />: the mailbox held {formatNumber(audit.listed)} messages.{' '}
        {audit.gone === 0
          ? null
          : `${formatNumber(audit.gone)} of ours it holds no more: deleted or moved there.`}
      </p>
      <div className="row">
        {shown.map((one) => (
          <button
            key={one}
            type="button"
            className={`audit-fate${one === 'missing' && counts.missing > 0 ? ' audit-fate-alarm' : ''}`}
            aria-pressed={one === fate}
            onClick={() => choose(one)}
          >
            {describeFate(one).label} <strong>{formatNumber(counts[one])}</strong>
          </button>
        ))}
      </div>
      <p className="small faint">{describeFate(fate).meaning}</p>
      {counts[fate] === 0 ? null : <AuditEntryList audit={audit} fate={fate} />}
    </>
  );
}

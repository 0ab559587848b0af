import { Link } from 'react-router';
import type { Account } from '../../../schemas/account.ts';
import { useAction } from '../api/use-action.ts';
import { formatDuration } from '../format/format-duration.ts';
import { formatNumber } from '../format/format-number.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { TableCell } from './table-cell.tsx';
import { TimeAgo } from './time-ago.tsx';

const MODES: Record<Account['mode'], string> = {
  manual: 'on demand',
  auto: 'by its schedule',
  hybrid: 'by its schedule and on demand',
};

/** One mailbox: whether it is read, when it was, and what stopped it. */
export function AccountRow({ account }: { readonly account: Account }) {
  const { id, kind, name, address, mode, state, stateReason, imap, lastPullAt, lastPullError } = account;
  return (
    <tr>
      <TableCell label="Account">
        <Link to={`/messages?accountId=${encodeURIComponent(id)}`}>{name}</Link>
        <p className="faint">{address}</p>
      </TableCell>
      <TableCell label="Read">
        {kind}, {MODES[mode]}
        <p className="faint">
          {mode === 'manual' ? null : `every ${formatDuration(account.pullEverySeconds)} `}
          {imap === null ? null : `${imap.host}: ${imap.folders.join(', ')}`}
        </p>
      </TableCell>
      <TableCell label="State">
        <Badge tone={state === 'active' ? 'green' : 'amber'}>
          {state === 'active' ? 'Active' : 'Paused'}
        </Badge>
        {stateReason === null ? null : <p className="faint">{stateReason}</p>}
      </TableCell>
      <TableCell label="Last pull">
        {lastPullAt === null ? <span className="faint">never</span> : <TimeAgo instant={lastPullAt} />}
        <Budget budget={account.modelBudget} />
        {lastPullError === null ? null : <p className="error-text">{lastPullError}</p>}
      </TableCell>
      <TableCell label="Actions">
        <Controls account={account} />
      </TableCell>
    </tr>
  );
}

/** Only where a model was asked today, or would have been. */
function Budget({ budget }: { readonly budget: Account['modelBudget'] }) {
  const { tokens, tokensPerDay, refused } = budget;
  if (tokens === 0 && refused === 0) return null;
  const most = tokensPerDay === null ? '' : ` of ${formatNumber(tokensPerDay)}`;
  return (
    <p className={refused === 0 ? 'faint' : 'error-text'}>
      {formatNumber(tokens)}
      {most} model tokens today{refused === 0 ? '' : `, ${formatNumber(refused)} reads without a model`}
    </p>
  );
}

function Controls({ account }: { readonly account: Account }) {
  const action = useAction();
  const { id, kind, name, mode, state } = account;
  const run = (verb: string, done: string) =>
    action.mutate({ path: `/api/accounts/${encodeURIComponent(id)}/${verb}`, done });
  const isPullable = kind === 'imap' && mode !== 'auto' && state === 'active';
  return (
    <span className="row">
      {isPullable ? (
        <Button
          icon="pull"
          disabled={action.isPending}
          onClick={() => run('pull', `${name} is being pulled`)}
        >
          Pull now
        </Button>
      ) : null}
      {state === 'active' ? (
        <Button
          look="quiet"
          icon="pause"
          disabled={action.isPending}
          onClick={() => run('pause', `${name} is paused`)}
        >
          Pause
        </Button>
      ) : (
        <Button
          icon="play"
          disabled={action.isPending}
          onClick={() => run('resume', `${name} is read again`)}
        >
          Resume
        </Button>
      )}
    </span>
  );
}

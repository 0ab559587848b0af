import { Link } from 'react-router';
import type { QuarantineEntry } from '../../../schemas/quarantine.ts';
import { useAction } from '../api/use-action.ts';
import { humanize } from '../format/humanize.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { TableCell } from './table-cell.tsx';
import { TimeAgo } from './time-ago.tsx';

/** One message that failed for good: where, why, and what can be done. */
export function QuarantineRow({ entry }: { readonly entry: QuarantineEntry }) {
  const { messageId, label, stage, failureType, reason, createdAt, resolution } = entry;
  return (
    <tr>
      <TableCell label="Message">
        {messageId === null ? (
          <span title="It failed at the door and was never stored">{label}</span>
        ) : (
          <Link to={`/messages/${encodeURIComponent(messageId)}`}>{label}</Link>
        )}
        <p className="faint">{entry.accountId}</p>
      </TableCell>
      <TableCell label="Why">
        <span className="stack">
          <span className="row">
            <Badge tone="red">{failureType}</Badge>
            <span className="faint">at {humanize(stage).toLowerCase()}</span>
          </span>
          <span>{reason}</span>
        </span>
      </TableCell>
      <TableCell label="Since">
        <TimeAgo instant={createdAt} />
      </TableCell>
      <TableCell label="Actions">
        {resolution === null ? <Controls entry={entry} /> : <Badge>{humanize(resolution)}</Badge>}
      </TableCell>
    </tr>
  );
}

function Controls({ entry }: { readonly entry: QuarantineEntry }) {
  const action = useAction();
  const run = (verb: string, done: string) =>
    action.mutate({ path: `/api/quarantine/${entry.id}/${verb}`, done });
  return (
    <span className="row">
      {entry.messageId === null ? null : (
        <Button
          icon="retry"
          disabled={action.isPending}
          onClick={() => run('retry', 'The message runs again')}
        >
          Retry
        </Button>
      )}
      <ConfirmButton
        look="quiet"
        icon="skip"
        disabled={action.isPending}
        title="Skip this message?"
        consequence="The entry is closed and the message stays as it is: no draft, no sync. It is not deleted."
        confirmLabel="Skip it"
        onConfirm={() => run('skip', 'The entry is closed')}
      >
        Skip
      </ConfirmButton>
    </span>
  );
}

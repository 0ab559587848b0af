import { Link } from 'react-router';
import type { EntryFate } from '../../../../src/domain/audit.ts';
import { useAuditEntries } from '../api/use-audit-entries.ts';
import { describeFate } from '../format/describe-fate.ts';
import { LoadMore } from './load-more.tsx';
import { QueryView } from './query-view.tsx';
import { Table } from './table.tsx';
import { TableCell } from './table-cell.tsx';
import { TimeAgo } from './time-ago.tsx';

interface AuditEntryListProps {
  readonly audit: { readonly id: string; readonly accountId: string };
  readonly fate: EntryFate;
}

/** The messages of one fate, each with its reason; what is stored leads to its page. */
export function AuditEntryList({ audit, fate }: AuditEntryListProps) {
  // What goes its usual way has no reason to give.
  const isPlain = fate === 'processed' || fate === 'unfinished' || fate === 'pending';
  const entries = useAuditEntries(audit.accountId, audit.id, fate);
  return (
    <>
      <QueryView {...entries} lines={3}>
        {({ pages }) => (
          <Table label={describeFate(fate).label} columns={['Message', 'Why', 'Came']}>
            {pages
              .flatMap(({ items }) => items)
              .map(({ providerKey, label, messageId, reason, receivedAt }) => (
                <tr key={providerKey}>
                  <TableCell label="Message">
                    {messageId === null ? (
                      <span title={providerKey}>{label}</span>
                    ) : (
                      <Link to={`/messages/${encodeURIComponent(messageId)}`}>{label}</Link>
                    )}
                  </TableCell>
                  <TableCell label="Why">
                    {reason ?? (isPlain ? null : <span className="faint">no reason noted</span>)}
                  </TableCell>
                  <TableCell label="Came">
                    {receivedAt === null ? (
                      <span className="faint">not known</span>
                    ) : (
                      <TimeAgo instant={receivedAt} />
                    )}
                  </TableCell>
                </tr>
              ))}
          </Table>
        )}
      </QueryView>
      <LoadMore {...entries} />
    </>
  );
}

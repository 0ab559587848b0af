import { useAccounts } from '../api/use-accounts.ts';
import { AccountRow } from '../components/account-row.tsx';
import { Card } from '../components/card.tsx';
import { Notice } from '../components/notice.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryView } from '../components/query-view.tsx';
import { Table } from '../components/table.tsx';

const COLUMNS = ['Account', 'Read', 'State', 'Last pull', 'Actions'];

/** The mailboxes that are read. */
export function AccountsPage() {
  const accounts = useAccounts();
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Accounts" hint="The mailboxes that are read." />
        <QueryView {...accounts} lines={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice title="No accounts yet">
                <p>
                  Add one with <code>npm run mailroom -- account add</code>.
                </p>
              </Notice>
            ) : (
              <Card title="Mailboxes" flush>
                <Table label="Accounts" columns={COLUMNS}>
                  {items.map((account) => (
                    <AccountRow key={account.id} account={account} />
                  ))}
                </Table>
              </Card>
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

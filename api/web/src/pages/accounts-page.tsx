import type { Account } from '../../../schemas/account.ts';
import { useAccounts } from '../api/use-accounts.ts';
import { AccountCard } from '../components/account-card.tsx';
import { AddAccount } from '../components/add-account.tsx';
import { Badge } from '../components/badge.tsx';
import { Notice } from '../components/notice.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryView } from '../components/query-view.tsx';
import { describeHealth, HEALTH_ORDER } from '../format/describe-health.ts';
import './accounts-page.css';

/** The mailboxes that are read; those that want somebody come first. */
export function AccountsPage() {
  const accounts = useAccounts();
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Accounts" hint="The mailboxes that are read, and whether their mail is processed.">
          <Summary accounts={accounts.data?.items ?? []} />
          <AddAccount />
        </PageHeader>
        <QueryView {...accounts} lines={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice title="No accounts yet">
                <p>Add the first one above, or in a terminal:</p>
                <p>
                  <code>npm run mailroom -- account add --help</code>
                </p>
              </Notice>
            ) : (
              <div className="account-list">
                {[...items].sort(byNeed).map((account) => (
                  <AccountCard key={account.id} account={account} />
                ))}
              </div>
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

function Summary({ accounts }: { readonly accounts: readonly Account[] }) {
  const states = HEALTH_ORDER.map((state) => ({
    ...describeHealth(state),
    count: accounts.filter(({ health }) => health.state === state).length,
  })).filter(({ count }) => count > 0);
  return (
    <>
      {states.map(({ label, tone, count }) => (
        <Badge key={label} tone={tone}>
          {count} {label.toLowerCase()}
        </Badge>
      ))}
    </>
  );
}

function byNeed(a: Account, b: Account): number {
  const place = ({ health }: Account) => HEALTH_ORDER.indexOf(health.state);
  return place(a) - place(b) || a.name.localeCompare(b.name);
}

import { Route, Routes } from 'react-router';
import { AppShell } from './components/app-shell.tsx';
import { KeyForm } from './components/key-form.tsx';
import { AccountsPage } from './pages/accounts-page.tsx';
import { BatchesPage } from './pages/batches-page.tsx';
import { HealthPage } from './pages/health-page.tsx';
import { MessagePane } from './pages/message-pane.tsx';
import { MessagesPage } from './pages/messages-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { OverviewPage } from './pages/overview-page.tsx';
import { QuarantinePage } from './pages/quarantine-page.tsx';
import { session } from './state/session.ts';
import { useStore } from './state/use-store.ts';

/** The routes. A locked server shows the key form at whatever address was asked for, and then that page. */
export function App() {
  const { locked } = useStore(session);
  if (locked !== undefined) return <KeyForm reason={locked} />;
  return (
    <Routes>
      <Route element={<AppShell />}>
        <Route index element={<OverviewPage />} />
        <Route path="messages" element={<MessagesPage />}>
          <Route path=":id" element={<MessagePane />} />
        </Route>
        <Route path="quarantine" element={<QuarantinePage />} />
        <Route path="batches" element={<BatchesPage />} />
        <Route path="accounts" element={<AccountsPage />} />
        <Route path="system" element={<HealthPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { MessageFilters } from '../components/message-filters.tsx';
import { MessageList } from '../components/message-list.tsx';
import { useHotkeys } from '../state/use-hotkeys.ts';
import { useTitle } from '../state/use-title.ts';
import './messages-page.css';

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The list, and beside it the message that is open. */
export function MessagesPage() {
  const { id } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  useTitle('Messages');
  useHotkeys((key, event) => {
    const step = STEPS[key];
    const isArrow = key.startsWith('Arrow');
    // The address, not the last render: keys come faster than a message is drawn.
    const openId = findOpenId(window.location.pathname);
    if (openId !== undefined && (key === 'u' || key === 'Escape')) void navigate(`/messages${search}`);
    // Arrows scroll what has the focus, except in the list itself.
    if (step === undefined || (isArrow && !document.activeElement?.closest('.message-row'))) return;
    const next = findRow(step, openId);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    if (openId !== undefined) void navigate(next.pathname + next.search, { replace: true });
  });
  return (
    <div className={id === undefined ? 'mail' : 'mail mail-open'}>
      <section className="mail-list" aria-label="Messages">
        <MessageFilters />
        <MessageList />
      </section>
      <Outlet />
    </div>
  );
}

function findOpenId(path: string): string | undefined {
  const id = /^\/messages\/([^/]+)/.exec(path)?.[1];
  return id === undefined ? undefined : decodeURIComponent(id);
}

/** The row a step away from the one that has the focus or is open. */
function findRow(step: number, openId: string | undefined): HTMLAnchorElement | undefined {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('a.message-row')];
  const focused = rows.findIndex((row) => row.matches(':focus'));
  const current = focused === -1 ? rows.findIndex((row) => row.dataset.id === openId) : focused;
  return rows[current === -1 ? 0 : current + step];
}

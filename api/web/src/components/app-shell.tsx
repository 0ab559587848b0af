import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { ConnectionBanner } from './connection-banner.tsx';
import { NavBar } from './nav-bar.tsx';
import { ShortcutKeys } from './shortcut-keys.tsx';
import { Toaster } from './toaster.tsx';

/** What stays around every page. */
export function AppShell() {
  const main = useRef<HTMLElement>(null);
  const [section] = useLocation().pathname.slice(1).split('/');
  const shown = useRef(section);
  useEffect(() => {
    // A new page is read from its start by a screen reader; moving between messages keeps the place in the list.
    if (shown.current !== section) main.current?.focus();
    shown.current = section;
  }, [section]);
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <NavBar />
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        <ConnectionBanner />
        <Outlet />
      </main>
      <Toaster />
      <ShortcutKeys />
    </div>
  );
}

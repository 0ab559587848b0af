import type { ReactNode } from 'react';
import { useTitle } from '../state/use-title.ts';
import './page-header.css';

interface PageHeaderProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}

/** The page's one h1, also the title of the tab, with its actions. */
export function PageHeader({ title, hint, children }: PageHeaderProps) {
  useTitle(title);
  return (
    <header className="page-header">
      <div>
        <h1>{title}</h1>
        {hint === undefined ? null : <p>{hint}</p>}
      </div>
      {children === undefined ? null : <div className="row">{children}</div>}
    </header>
  );
}

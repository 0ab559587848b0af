import type { ReactNode } from 'react';
import './notice.css';

interface NoticeProps {
  readonly title: string;
  readonly tone?: 'plain' | 'bad' | 'amber' | 'violet';
  readonly children?: ReactNode;
}

/** Something worth a sentence: nothing here yet, something to do, something that went wrong. */
export function Notice({ title, tone = 'plain', children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

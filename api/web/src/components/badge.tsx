import type { ReactNode } from 'react';
import './badge.css';

export type Tone = 'gray' | 'red' | 'amber' | 'green' | 'blue' | 'violet' | 'plain';

interface BadgeProps {
  readonly tone?: Tone;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

export function Badge({ tone = 'gray', title, children }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`} title={title}>
      {children}
    </span>
  );
}

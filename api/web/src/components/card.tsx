import { type ReactNode, useId } from 'react';
import './card.css';

interface CardProps {
  readonly title: string;
  /** What stands at the right of the title. */
  readonly aside?: ReactNode;
  /** The content reaches the edges: tables and lists. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled region. */
export function Card({ title, aside, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <div className={flush ? 'card-flush' : 'card-body'}>{children}</div>
    </section>
  );
}

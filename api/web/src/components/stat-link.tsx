import { Link } from 'react-router';
import { formatNumber } from '../format/format-number.ts';
import './stat-link.css';

interface StatLinkProps {
  readonly label: string;
  readonly figure: number;
  readonly hint: string;
  readonly to: string;
  /** A colour for what asks for a person; figures of zero stay plain. */
  readonly tone?: 'violet' | 'red';
}

/** A figure that leads to what it counts. */
export function StatLink({ label, figure, hint, to, tone }: StatLinkProps) {
  const look = tone === undefined || figure === 0 ? 'stat' : `stat stat-${tone}`;
  return (
    <Link className={look} to={to}>
      <span className="stat-label">{label}</span>
      <span className="stat-figure">{formatNumber(figure)}</span>
      <span className="stat-hint">{hint}</span>
    </Link>
  );
}

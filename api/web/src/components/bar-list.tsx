import { Link } from 'react-router';
import { formatNumber } from '../format/format-number.ts';
import './bar-list.css';

export interface Bar {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  readonly to: string;
  readonly tone?: 'red' | 'amber' | 'gray';
}

/** Counts as bars of one scale; each leads to what it counts. */
export function BarList({ bars }: { readonly bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <ul className="bars">
      {bars.map(({ id, label, count, to, tone }) => (
        <li key={id}>
          <Link className="bar" to={to}>
            <span className="cut">{label}</span>
            <span className="bar-track" aria-hidden="true">
              <span
                className={tone === undefined ? 'bar-fill' : `bar-fill bar-${tone}`}
                style={{ width: `${(100 * count) / most}%` }}
              />
            </span>
            <span className="bar-count">{formatNumber(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

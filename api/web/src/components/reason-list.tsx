import { formatWeight } from '../format/format-weight.ts';
import './reason-list.css';

interface ReasonListProps {
  readonly reasons: readonly { readonly text: string; readonly weight: number }[];
}

/** The grounds of a decision, each with its share of the score; red ones speak against it. */
export function ReasonList({ reasons }: ReasonListProps) {
  const most = Math.max(...reasons.map(({ weight }) => Math.abs(weight)), Number.MIN_VALUE);
  return (
    <ul className="reasons">
      {reasons.map(({ text, weight }) => (
        <li key={`${text}-${weight}`} className="reason">
          <span>{text}</span>
          <span className="reason-track" aria-hidden="true">
            <span
              className={weight < 0 ? 'reason-fill reason-against' : 'reason-fill'}
              style={{ width: `${(100 * Math.abs(weight)) / most}%` }}
            />
          </span>
          <span className="reason-weight">{formatWeight(weight)}</span>
        </li>
      ))}
    </ul>
  );
}

import type { z } from 'zod';
import type { Threat } from '../../../schemas/message.ts';
import { formatWeight } from '../format/format-weight.ts';
import { Card } from './card.tsx';
import './safety-card.css';
import { TrustBadge } from './trust-badge.tsx';

/** What speaks against the sender and the content, and what speaks for them, each with its share of the score. */
export function SafetyCard({ threat }: { readonly threat: z.input<typeof Threat> }) {
  const symbols = [...threat.symbols].sort((a, b) => b.score - a.score);
  return (
    <Card title="Safety" aside={<TrustBadge trust={threat.trust} />}>
      {symbols.length === 0 ? (
        <p className="small faint">Nothing was seen that speaks for or against it.</p>
      ) : (
        <ul className="symbols">
          {symbols.map(({ name, score, reason }) => (
            <li key={name} className="symbol">
              <span>
                {reason}
                <span className="symbol-name mono">{name}</span>
              </span>
              <span className={`symbol-score ${toSide(score)}`}>{formatWeight(score)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="symbol-sum">Score {formatWeight(threat.score)}; suspicious from 4, dangerous from 8</p>
    </Card>
  );
}

function toSide(score: number): string {
  if (score === 0) return '';
  return score > 0 ? 'symbol-against' : 'symbol-for';
}

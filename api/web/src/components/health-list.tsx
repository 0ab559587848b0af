import type { Health } from '../../../schemas/health.ts';
import { formatNumber } from '../format/format-number.ts';
import './health-list.css';

/** Every component with its latency; one that is down says why. */
export function HealthList({ components }: { readonly components: Health['components'] }) {
  return (
    <ul>
      {components.map(({ name, status, required, latencyMs, detail }) => (
        <li key={name} className="health-row">
          <span
            className={status === 'up' ? 'health-dot' : `health-dot health-dot-${required ? 'down' : 'off'}`}
          />
          <span>
            {name}
            <span className="unseen">{status === 'up' ? ' is up' : ' is down'}</span>
          </span>
          <span className="faint cut" title={detail ?? undefined}>
            {status === 'down' && !required ? 'optional · ' : ''}
            {detail ?? (status === 'up' ? '' : 'down')}
          </span>
          <span>{formatNumber(latencyMs)} ms</span>
        </li>
      ))}
    </ul>
  );
}

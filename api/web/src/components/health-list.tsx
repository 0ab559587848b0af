import type { Health } from '../../../schemas/health.ts';
import { formatNumber } from '../format/format-number.ts';
import './health-list.css';

/** Every component with its latency; one that is down says why. */
export function HealthList({ components }: { readonly components: Health['components'] }) {
  return (
    <ul>
      {components.map(({ name, status, required, latencyMs, detail }) => (
        <li key={name} className="health-row">
          <span className={`health-dot ${toLook({ status, required, detail })}`} />
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

/** One that is not configured is up, as far as the server is concerned, but does nothing. */
function toLook({
  status,
  required,
  detail,
}: Pick<Health['components'][number], 'status' | 'required' | 'detail'>) {
  if (status === 'down') return required ? 'health-dot-down' : 'health-dot-off';
  return detail?.startsWith('off') ? 'health-dot-idle' : '';
}

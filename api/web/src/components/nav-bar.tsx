import { Link, NavLink } from 'react-router';
import { useHealth } from '../api/use-health.ts';
import { useOverview } from '../api/use-overview.ts';
import { formatNumber } from '../format/format-number.ts';
import { humanize } from '../format/humanize.ts';
import { DESTINATIONS } from '../navigation.ts';
import { Icon } from './icon.tsx';
import './nav-bar.css';

const COUNT_NAMES = { pendingDrafts: 'to approve', quarantineOpen: 'in quarantine' } as const;

export function NavBar() {
  return (
    <nav className="nav" aria-label="Mailroom">
      <Link to="/" className="nav-brand" aria-label="Mailroom, overview">
        <img src="/favicon.svg" width="26" height="26" alt="" />
        <span>Mailroom</span>
      </Link>
      <Destinations />
      <Foot />
    </nav>
  );
}

function Destinations() {
  const { data } = useOverview();
  return (
    <ul className="nav-list">
      {DESTINATIONS.map(({ path, label, icon, count, key }) => {
        const figure = count === undefined ? 0 : (data?.[count] ?? 0);
        const look = count === 'quarantineOpen' ? 'nav-count nav-count-alert' : 'nav-count';
        return (
          <li key={path}>
            <NavLink to={path} end={path === '/'} className="nav-link" title={`g then ${key}`}>
              <Icon name={icon} />
              <span className="nav-label">{label}</span>
              {figure === 0 || count === undefined ? null : (
                <span className={look}>
                  {formatNumber(figure)}
                  <span className="unseen"> {COUNT_NAMES[count]}</span>
                </span>
              )}
            </NavLink>
          </li>
        );
      })}
    </ul>
  );
}

function Foot() {
  const { data: health, error } = useHealth();
  const { data: overview } = useOverview();
  const status = health?.status ?? (error === null ? 'checking' : 'unreachable');
  const temporal = overview?.temporalUiUrl ?? undefined;
  return (
    <div className="nav-foot">
      <Link to="/system" className="nav-link" title={`System: ${status}`}>
        <span className={`nav-dot nav-dot-${status}`} />
        <span className="nav-label">{humanize(status)}</span>
      </Link>
      {temporal === undefined || !/^https?:/i.test(temporal) ? null : (
        <a
          className="nav-link"
          href={temporal}
          target="_blank"
          rel="noopener noreferrer"
          title="Temporal Web UI"
        >
          <Icon name="external" />
          <span className="nav-label">Temporal</span>
        </a>
      )}
      <a
        className="nav-link"
        href="/docs"
        target="_blank"
        rel="noopener noreferrer"
        title="API documentation"
      >
        <Icon name="docs" />
        <span className="nav-label">API</span>
      </a>
    </div>
  );
}

import { connection } from '../state/connection.ts';
import { useStore } from '../state/use-store.ts';
import './connection-banner.css';
import { Icon } from './icon.tsx';

/** Says that what is shown is old. Polling goes on, so it leaves by itself. */
export function ConnectionBanner() {
  const isConnected = useStore(connection);
  return (
    <div role="status">
      {isConnected ? null : (
        <p className="banner">
          <Icon name="warning" />
          The server does not answer. What you see may be old; trying again…
        </p>
      )}
    </div>
  );
}

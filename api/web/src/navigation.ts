import type { IconName } from './components/icon.tsx';

interface Destination {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** The key after `g`. */
  readonly key: string;
  /** Which figure of the overview stands beside it. */
  readonly count?: 'pendingDrafts' | 'quarantineOpen';
}

/** The places of the application, in order. Not /health: that address is the API's own. */
export const DESTINATIONS: readonly Destination[] = [
  { path: '/', label: 'Overview', icon: 'overview', key: 'o' },
  { path: '/messages', label: 'Messages', icon: 'messages', key: 'm', count: 'pendingDrafts' },
  { path: '/quarantine', label: 'Quarantine', icon: 'quarantine', key: 'q', count: 'quarantineOpen' },
  { path: '/batches', label: 'Batches', icon: 'batches', key: 'b' },
  { path: '/accounts', label: 'Accounts', icon: 'accounts', key: 'a' },
  { path: '/system', label: 'Health', icon: 'health', key: 'h' },
];

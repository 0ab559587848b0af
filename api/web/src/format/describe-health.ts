import type { HealthState } from '../../../../src/domain/account-health.ts';
import type { Tone } from '../components/badge.tsx';

/** In the order in which they want somebody. */
const STATES: Readonly<Record<HealthState, { readonly label: string; readonly tone: Tone }>> = {
  failing: { label: 'Failing', tone: 'red' },
  stuck: { label: 'Stuck', tone: 'red' },
  paused: { label: 'Paused', tone: 'amber' },
  'over-quota': { label: 'Over quota', tone: 'amber' },
  waiting: { label: 'Told to wait', tone: 'amber' },
  behind: { label: 'Behind', tone: 'amber' },
  processing: { label: 'Processing', tone: 'blue' },
  idle: { label: 'Up to date', tone: 'green' },
  removed: { label: 'Removed', tone: 'gray' },
};

export const HEALTH_ORDER = Object.keys(STATES) as readonly HealthState[];

export function describeHealth(state: HealthState) {
  return STATES[state];
}

import type { Message } from '../../../schemas/message.ts';
import type { Tone } from '../components/badge.tsx';

interface StateWords {
  readonly label: string;
  readonly tone: Tone;
}

const STATES: Record<Message['state'], StateWords> = {
  parked: { label: 'Waiting', tone: 'gray' },
  running: { label: 'Running', tone: 'blue' },
  'awaiting-approval': { label: 'To approve', tone: 'violet' },
  settled: { label: 'Done', tone: 'plain' },
  quarantined: { label: 'Quarantined', tone: 'red' },
  skipped: { label: 'Skipped', tone: 'gray' },
  cancelled: { label: 'Cancelled', tone: 'gray' },
};

const ENDS: Partial<Record<NonNullable<Message['outcome']>, StateWords>> = {
  sent: { label: 'Sent', tone: 'green' },
  'draft-rejected': { label: 'Draft rejected', tone: 'gray' },
  'draft-expired': { label: 'Draft expired', tone: 'amber' },
  'delivery-unknown': { label: 'Delivery unknown', tone: 'amber' },
};

/** Where a message stands, in a word or two: how it ended says more than that it ended. */
export function describeState({ state, outcome }: Pick<Message, 'state' | 'outcome'>): StateWords {
  const end = state === 'settled' && outcome !== null ? ENDS[outcome] : undefined;
  return end ?? STATES[state];
}

import type { TrustLevel } from '../../../../src/domain/threat.ts';
import { humanize } from '../format/humanize.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Record<TrustLevel, Tone> = {
  verified: 'green',
  unverified: 'gray',
  suspicious: 'amber',
  dangerous: 'red',
};
const MEANINGS: Record<TrustLevel, string> = {
  verified: 'Our own receiver says that the sender is who it claims to be, and nothing speaks against it',
  unverified: 'Nobody vouches for the sender; that is no accusation',
  suspicious: 'Never answered without a person',
  dangerous: 'Never answered without a person',
};

export function TrustBadge({ trust }: { readonly trust: TrustLevel }) {
  return (
    <Badge tone={TONES[trust]} title={MEANINGS[trust]}>
      {humanize(trust)}
    </Badge>
  );
}

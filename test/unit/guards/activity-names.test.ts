import { expect, it } from 'vitest';
import { LOCAL_ACTIVITY_NAMES, NETWORK_ACTIVITY_QUEUES } from '../../../src/contract/activity-policy.ts';
import { loadTemporalConfig } from '../../../src/temporal-config.ts';
import { createFakeActivities } from '../../replay/fake-activities.ts';

// The compiler makes the fakes complete, but lets a list of names be shorter than it should be.
const fakes = createFakeActivities();

it('every local activity is named, so that it has a policy', () => {
  expect([...LOCAL_ACTIVITY_NAMES].sort()).toEqual(Object.keys(fakes.main).sort());
});

it('temporal.yaml has a policy for every activity', () => {
  const names = [...LOCAL_ACTIVITY_NAMES, ...Object.keys(NETWORK_ACTIVITY_QUEUES)];
  expect(Object.keys(loadTemporalConfig().policy.activities).sort()).toEqual(names.sort());
});

import type { ActivityPolicies, BundledPolicy, WorkflowPolicy } from '../../src/contract/activity-policy.ts';

/** The attempts of `temporal.yaml` without its waits; `workflows` over its own. */
export function hurryPolicy(policy: BundledPolicy, workflows: Partial<WorkflowPolicy> = {}): BundledPolicy {
  const activities = Object.entries(policy.activities).map(([name, own]) => [
    name,
    { ...own, retry: { ...own.retry, initialMs: 10, maximumMs: 20 } },
  ]);
  return {
    activities: Object.fromEntries(activities) as ActivityPolicies,
    workflows: { ...policy.workflows, ...workflows },
  };
}

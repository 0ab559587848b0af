/** How soon a message needs a person, most pressing first. */
export const PRIORITIES = ['URGENT', 'HIGH', 'NORMAL', 'LOW'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Temporal priority keys: 1 runs first; 5 is left for backfills, which yield to all live mail. */
export const BACKFILL_PRIORITY_KEY = 5;

export function toPriorityKey(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** True when `a` needs attention before `b`. */
export function isMorePressing(a: Priority, b: Priority): boolean {
  return toPriorityKey(a) < toPriorityKey(b);
}

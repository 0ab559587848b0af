/** The second since 1970 that a list begins after, so that nothing of `since` on is left out. */
export function toAfter(since: Date | undefined): number | undefined {
  return since && Math.max(0, Math.floor(since.getTime() / 1_000) - 1);
}

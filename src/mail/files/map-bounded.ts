/** Maps in parallel, at most `limit` at a time, keeping the order. The first rejection stops new work. */
export async function mapBounded<T, R>(
  values: readonly T[],
  limit: number,
  map: (value: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  async function work(): Promise<void> {
    while (next < values.length && !failed) {
      const index = next++;
      try {
        results[index] = await map(values[index] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, work));
  return results;
}

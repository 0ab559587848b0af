/** Runs `load` at most once in `ms`; callers that come together share one answer. Failures are not kept. */
export function rememberFor<T>(ms: number, load: () => Promise<T>): () => Promise<T> {
  let current: { readonly value: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (current !== undefined && performance.now() < current.until) return current.value;
    const value = load();
    const mine = { value, until: performance.now() + ms };
    current = mine;
    value.catch(() => {
      if (current === mine) current = undefined;
    });
    return value;
  };
}

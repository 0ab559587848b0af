import { toServiceError } from './to-service-error.ts';

type AsyncMethods = { readonly [name: string]: (...args: never[]) => Promise<unknown> };

/** Wraps a store so that every method throws `ServiceError` only. */
export function translateFailures<S extends AsyncMethods>(store: S): S {
  const entries = Object.entries(store).map(([name, method]) => [name, wrap(method)]);
  return Object.fromEntries(entries) as S;
}

function wrap<A extends never[], R>(method: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await method(...args);
    } catch (error) {
      throw toServiceError(error);
    }
  };
}

import type { ServiceError } from './service-error.ts';

/** What `parseDocument` of the package yaml answers. */
interface Expandable {
  toJS(options: { readonly maxAliasCount: number }): unknown;
}

/** As plain values. A few aliases of aliases can name more nodes than memory holds: those fail with `toFault`. */
export function expandAliases(document: Expandable, toFault: (cause: unknown) => ServiceError): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw toFault(cause);
  }
}

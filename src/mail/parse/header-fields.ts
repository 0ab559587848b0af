/** One field, name lower-cased, value unfolded (RFC 5322 2.2.3) and not decoded further. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The fields of one part by lower-case name. Backed by a Map: a field may be called `__proto__`. */
export interface HeaderFields {
  first(name: string): string | undefined;
  all(name: string): readonly string[];
  readonly size: number;
  /** Each name once, in the order of the source. */
  names(): readonly string[];
}

export function toHeaderFields(fields: readonly HeaderField[]): HeaderFields {
  const byName = new Map<string, string[]>();
  for (const { name, value } of fields) {
    const known = byName.get(name);
    if (known) known.push(value);
    else byName.set(name, [value]);
  }
  return {
    first: (name) => byName.get(name)?.[0],
    all: (name) => byName.get(name) ?? [],
    size: byName.size,
    names: () => [...byName.keys()],
  };
}

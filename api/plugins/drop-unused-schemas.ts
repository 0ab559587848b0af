type Json = { readonly [key: string]: unknown };

/**
 * Every zod schema with an id is written twice, as it comes in and as it goes out; most are used one way.
 * Keeps those that an operation reaches, also by way of others.
 */
export function dropUnusedSchemas<T extends object>(document: T): T {
  const { components, ...rest } = document as T & { components?: Json };
  const schemas = (components?.schemas ?? {}) as Json;
  const used = new Set<string>();
  const open = findRefs(rest);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    open.push(...findRefs(schemas[name]));
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}

function findRefs(value: unknown): string[] {
  const text = JSON.stringify(value ?? null);
  return [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** A store of which only the given methods may be called; any other fails the test by name. */
export function fakeStore<T extends object>(name: string, methods: Partial<T>): T {
  return new Proxy(methods, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (method !== undefined) return method;
      return () => {
        throw new Error(`${name}.${String(key)} was not expected here`);
      };
    },
  }) as T;
}

const PREFIX = 'gmail:';

export function toProviderKey(id: string): string {
  return `${PREFIX}${id}`;
}

/** undefined: the key of another provider. */
export function fromProviderKey(key: string): string | undefined {
  const id = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
  return /^[\w-]{1,100}$/.test(id) ? id : undefined;
}

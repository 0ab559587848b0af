/** What a path may hold as it is (RFC 3986 3.3) is written as it is: it is no address of a request, and Graph shows it so. */
export function toResource(path: string): string {
  return path.replace(/%40/gi, '@').replace(/%3d/gi, '=');
}

/** Graph need not hand it back letter by letter. */
export function isSameResource(a = '', b = ''): boolean {
  const toPlain = (resource: string) => toResource(resource).toLowerCase().replace(/^\//, '');
  return toPlain(a) === toPlain(b);
}

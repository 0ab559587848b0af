const MAX_LENGTH = 300;

/** A server's answer fit for logs and rows: one line, at most 300 characters, addresses as `<address>`. */
export function maskResponse(response: string): string {
  return response
    .slice(0, 2 * MAX_LENGTH)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/<?[^\s<>@:;,()[\]]{1,64}@[^\s<>@:;,()]{1,255}>?/g, '<address>')
    .trim()
    .slice(0, MAX_LENGTH);
}

/** How much JSON text one message may take: base64 adds a third, escapes rarely double it. */
export function toJsonTextLimit(maxMessageBytes: number): number {
  return maxMessageBytes * 2 + 64 * 1024;
}

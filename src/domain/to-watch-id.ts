/** The id of a Gmail watch, of which a mailbox has one: its primary address, the one that notifications name. */
export function toWatchId(address: string): string {
  return `watch:${address.toLowerCase()}`;
}

/** Who wrote it, as a reader would say it. */
export function formatSender(from: { readonly name: string; readonly address: string }): string {
  return from.name || from.address || 'Unknown sender';
}

/** An id as a label: `order-status` is `Order status`, `URGENT` is `Urgent`. */
export function humanize(id: string): string {
  const words = id.replaceAll(/[-_]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** FNV-1a over UTF-16 units, 32 bits, then mixed so that every bit counts. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash, 0x9e3779b1);
}

/** One number for a pair of numbers; order counts. */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ (b + 0x7f4a7c15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) | 0;
}

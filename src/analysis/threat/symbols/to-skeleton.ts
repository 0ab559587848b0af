/** Letters that look like Latin ones (Unicode TS 39, the part that names of domains use), and pairs that do in most fonts. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    'aаɑα',
    'bЬв',
    'cсϲ',
    'dԁɗ',
    'eеєё',
    'gɡ',
    'hһн',
    'iіıɩ1ӏl|',
    'jј',
    'kкκ',
    'mм',
    'nпη',
    'oоοօ0ө',
    'pрρ',
    'qԛ',
    'rг',
    'sѕ5',
    'tтτ',
    'uսυ',
    'vνѵ',
    'wԝшω',
    'xхχ',
    'yуүγ',
    'zᴢ',
  ].flatMap((row) => [...row].map((letter) => [letter, row[0] ?? letter] as const)),
);

/** What a reader sees of a name: `раypaI`, `paypa1` and `paypal` have one skeleton. */
export function toSkeleton(text: string): string {
  const plain = text.slice(0, 255).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const folded = plain.replace(/rn/g, 'm').replace(/vv/g, 'w').replace(/cl/g, 'd');
  return [...folded].map((letter) => LOOKALIKES.get(letter) ?? letter).join('');
}

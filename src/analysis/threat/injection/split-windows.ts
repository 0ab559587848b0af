/** Sentences and lines, and neighbours of a line together: an order to a machine is short and stands anywhere. */
const MOST = 240;
const LONGEST = 600;
const TEXT_CAP = 40_000;
/** Zero-width and direction characters hide words from readers and filters. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SENTENCE_END = /(?<=[.!?。！？])\s{1,20}|(?<=[。！？])/;

/** At most 240 windows, each at most 600 UTF-16 units, of the first 40,000; the last lines come before middle ones are cut. */
export function splitWindows(text: string): readonly string[] {
  const clean = text.slice(0, TEXT_CAP).normalize('NFKC').replace(INVISIBLE, '');
  const windows: string[] = [];
  for (const line of clean.split(/[\n|]/)) {
    const sentences = line
      .split(SENTENCE_END)
      .map((one) => one.trim().slice(0, LONGEST))
      .filter((one) => one !== '');
    windows.push(...sentences);
    for (let i = 1; i < sentences.length; i += 1)
      windows.push(`${sentences[i - 1]} ${sentences[i]}`.slice(0, LONGEST));
    if (sentences.length > 2) windows.push(line.trim().slice(0, LONGEST));
  }
  // Orders stand at the top or at the end; what is cut is the middle of a very long mail.
  return windows.length <= MOST ? windows : [...windows.slice(0, MOST / 2), ...windows.slice(-MOST / 2)];
}

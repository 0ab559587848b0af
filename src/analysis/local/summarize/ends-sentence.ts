/** Folded, without their dots. They rarely end a sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `mr mrs ms dr prof st no nr num art abs bzw ca usw inkl exkl zzgl ggf evtl tel str bsp z b d h u a i e g vs etc inc ltd co corp
  jan feb mar apr jun jul aug sep sept oct okt nov dec dez mme mlle m av sr sra srta dna sig dott ing pag p ex pos fig max min approx vgl
  mio mrd dipl geb hr fr`.split(/\s+/),
);

/** True when the mark at `index` closes a sentence: not in `3.5`, `z. B.`, `example.com`, `No. 12`. */
export function endsSentence(text: string, index: number): boolean {
  const next = text[index + 1];
  if (next !== undefined && !/[\s"'”’»)\]]/.test(next)) return false;
  if (text[index] !== '.') return true;
  const following = /^["'”’»)\]]{0,2}\s{1,4}(\S)/.exec(text.slice(index + 1, index + 9))?.[1];
  if (following !== undefined && following === following.toLowerCase() && /\p{L}/u.test(following))
    return false;
  const before = /([\p{L}\p{N}]{1,12})$/u.exec(text.slice(Math.max(0, index - 13), index))?.[1] ?? '';
  // `2. Los`, `6. Dezember`: a short number with a dot is an ordinal in half of the languages.
  if (/^\d{1,2}$/.test(before)) {
    const isAlone = /(?:^|\s)$/.test(text.slice(0, index - before.length).slice(-1));
    return !isAlone || following === undefined;
  }
  if (/(?:nr|str)$/i.test(before)) return false;
  return !(before.length === 1 || ABBREVIATIONS.has(before.toLowerCase()));
}

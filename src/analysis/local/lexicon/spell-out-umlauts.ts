const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** German keyboards abroad write `stoerung` for `störung`: the second spelling of a German phrase, if it has one. */
export function spellOutUmlauts(phrase: string, language: string): string[] {
  if (language !== 'de') return [];
  const spelled = phrase.toLowerCase().replace(/[äöü]/g, (letter) => SPELLED[letter] ?? letter);
  return spelled === phrase.toLowerCase() ? [] : [spelled];
}

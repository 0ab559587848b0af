const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|greetings|to whom it may concern|guten (?:tag|morgen|abend)|hallo|moin|servus|grüezi|liebe[rs]?|sehr geehrte[rs]?|werte[rs]?|bonjour|bonsoir|salut|ch[eè]re?s?|madame|monsieur|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?|buongiorno|buonasera|salve|ciao|gentil[ei]|egregi[oa]?|spett(?:abile|\.le)|car[oaie]|ol[aá]|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s|exmos?\.?|exm[oa]s?\.?|caríssim[oa]s?)(?![\p{L}])[^\n,!.:;?]{0,60}/iu;

/** Takes `Hello Ana,` off the front of a sentence; returns an empty text when there is nothing else. */
export function stripGreeting(sentence: string): string {
  const greeting = GREETING.exec(sentence)?.[0];
  if (greeting === undefined) return sentence;
  const after = sentence.slice(greeting.length);
  if (after === '') return sentence.length <= 70 ? '' : sentence;
  const mark = /^(?:[,!.:;]|\s[-–])\s*/.exec(after)?.[0];
  return mark === undefined ? sentence : after.slice(mark.length);
}

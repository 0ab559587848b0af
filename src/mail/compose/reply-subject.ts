/** Reply prefixes: en Re, de AW/Antw, fr Rép/Réf, it R/Rif/Ris, es/pt Res, sv/da/no SV, nl Antw, fi VS, pl Odp. */
const PREFIX =
  /^(?:re|aw|antw|antwort|sv|vs|odp|r|rif|ris|res|rép|réf|ref)(?: ?[[(^] ?\d{1,3} ?[\])]?)? ?[:：] ?/iu;
const MAX_LENGTH = 400;

/** `Re: ` once before the subject, whatever reply prefixes it came with. Control characters become spaces. */
export function replySubject(subject: string): string {
  let rest = subject
    .slice(0, 4 * MAX_LENGTH)
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  for (;;) {
    const stripped = rest.replace(PREFIX, '');
    if (stripped === rest) break;
    rest = stripped;
  }
  return `Re: ${[...rest].slice(0, MAX_LENGTH).join('')}`.trim();
}

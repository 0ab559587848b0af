/** Reply codes by how much they tell: of several in one text, the first of this list counts (RFC 5321, 4954, 7504). */
const REPLY_RANK = [
  '550 552 553 551 521 525 502 520 523 524 530 533 534 535 538 555 556 554 557 500 501 502 503 504',
  '421 450 451 452 422 430 432 453 454 455 456 458 459',
  '211 214 220 221 235 250 251 252 253 354',
]
  .join(' ')
  .split(' ');
const REPLY = /(?<![\d./])[245]\d\d(?![\d./])/g;
const STATUS = /(?<![\d./vV])([245]\.[0-7]\.\d{1,3})(?!\d|\.\d)/g;
const VAGUE = /^.\.0\.0$|^4\.4\.7$/;
// These name a fault of the session or of the relay, and hide the one that the far host named.
const EVASIVE = /^(?:4\.4\.7|4\.7\.0|5\.3\.\d{1,3}|.\.5\.[1245]\d{0,2})$/;

/** The SMTP reply code in a text, of the class (`4`, `5`) when one is given. */
export function findReplyCode(text: string, status = ''): string {
  const found = new Set(text.match(REPLY));
  const ofClass = /^[245]/.exec(status)?.[0] ?? '';
  return REPLY_RANK.find((code) => found.has(code) && code.startsWith(ofClass)) ?? '';
}

/** The enhanced status code (RFC 3463) in a text; of several the one that says most. */
export function findStatus(text: string, replyCode = ''): string {
  const ofClass = /^[245]/.exec(replyCode)?.[0] ?? '';
  const found = [...text.matchAll(STATUS)].map((match) => match[1] ?? '');
  const fitting = found.filter((code) => code.startsWith(ofClass));
  const clear = fitting.filter((code) => !VAGUE.test(code));
  const vague = fitting.filter((code) => VAGUE.test(code)).slice(-1);
  return [...clear, ...vague].reduce((best, code) => preferStatus(best, code), '');
}

/** Of a report's own status and the one in the far host's answer, the one that says more. */
export function preferStatus(reported: string, answered: string, replyCode = ''): string {
  if (reported === '' || reported === answered) return answered;
  if (answered === '') return reported;
  const [own, theirs] = [reported.charAt(0), answered.charAt(0)];
  if (own !== theirs && replyCode.startsWith(own)) return reported;
  if (own !== theirs && replyCode.startsWith(theirs)) return answered;
  if (reported.endsWith('.0.0')) return answered.includes('.0.0') ? reported : answered;
  const isVague = (code: string): boolean => code.includes('.0');
  if (isVague(reported) && !isVague(answered)) return answered;
  if (answered.includes('.0.0')) return reported;
  if (EVASIVE.test(reported)) return answered;
  if (reported === '5.1.1') return isVague(answered) || answered.startsWith('5.5.') ? reported : answered;
  return reported === '5.1.3' && answered.startsWith('5.7.') ? answered : reported;
}

/** The text speaks of a fault that may pass. */
export function isTemporary(text: string): boolean {
  const code = findStatus(text) || findReplyCode(text);
  return code.startsWith('4') || / temporar| persistent/i.test(text);
}

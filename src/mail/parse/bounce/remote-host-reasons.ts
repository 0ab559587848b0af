import type { BounceReason } from '../../../domain/bounce.ts';
import type { ReasonCase } from './find-reason.ts';
import { GOOGLE_ANSWERS, MICROSOFT_ANSWERS } from './large-host-answers.ts';
import { CODED_ANSWERS, WORDED_ANSWERS } from './remote-host-answers.ts';

/** Hosts whose own codes or words mean more than the same words elsewhere, by host name or recipient's domain. */
const HOSTS: readonly (readonly [string, RegExp])[] = [
  ['aol', /\bm(?:ail|x)\.aol\.com$/],
  ['apple', /\.mail\.icloud\.com$|\.apple\.com$|\.me\.com$|^(?:icloud|me|mac)\.com$/],
  ['cox', /\bcox\.net$/],
  ['facebook', /\bfacebook\.com$/],
  ['laposte', /\b(?:laposte\.net|orange\.fr|wanadoo\.fr)$/],
  ['godaddy', /(?:smtp|mailstore1)\.secureserver\.net$/],
  ['google', /\.l\.google\.com$|^gmail\.com$/],
  ['gsuite', /\bgooglemail\.com$/],
  ['iua', /\.email\.ua$/],
  ['kddi', /\bezweb\.ne\.jp$|\bau\.com$/],
  ['messagelabs', /\.messagelabs\.com$/],
  [
    'microsoft',
    /\.prod\.outlook\.com$|\.protection\.outlook\.com$|\.onmicrosoft\.com$|\.exchangelabs\.com$|^outlook\.com$/,
  ],
  ['mimecast', /\.mimecast\.com$/],
  ['docomo', /\bdocomo\.ne\.jp$/],
  ['hotmail', /\bhotmail\.com$/],
  ['spectrum', /\bcharter\.net$/],
  ['tencent', /\bqq\.com$/],
  ['yahoo', /\.yahoodns\.net$/],
];

/** The reason by the far host's own vocabulary; undefined for hosts that have none, or words it does not hold. */
export function reasonOfRemoteHost(found: ReasonCase): BounceReason | undefined {
  const { evidence } = found;
  if (evidence.diagnosis === '') return undefined;
  const domain = evidence.recipient.split('@')[1] ?? '';
  const known = [domain, ...evidence.hosts].flatMap((name) =>
    HOSTS.filter(([, pattern]) => name !== '' && pattern.test(name)).map(([host]) => host),
  )[0];
  return known === undefined ? undefined : answerOf(known, found);
}

function answerOf(host: string, { evidence, status, replyCode }: ReasonCase): BounceReason | undefined {
  const text = evidence.diagnosis.toLowerCase();
  if (host === 'microsoft' || host === 'google') {
    const answers = host === 'google' ? GOOGLE_ANSWERS : MICROSOFT_ANSWERS;
    return answers.find(([, codes, words]) => codes.test(status) && words.test(text))?.[0];
  }
  const coded = CODED_ANSWERS[host];
  const code = coded?.code.exec(evidence.diagnosis)?.[1]?.toUpperCase();
  if (coded && code) {
    const reason = coded.reasons.find(([, codes]) => codes.test(code))?.[0];
    if (reason) return reason;
  }
  const worded = WORDED_ANSWERS[host]?.find(
    ([, words, codes]) => words.test(text) && (codes === undefined || codes.test(`${replyCode} ${status}`)),
  )?.[0];
  return worded ?? (host === 'docomo' ? docomo(status, evidence.command) : undefined);
}

// The carrier's filter settings are told from unknown users by the stage alone.
function docomo(status: string, command: string): BounceReason | undefined {
  if (status === '5.1.1' || status === '5.0.911') return 'userunknown';
  if (status === '5.2.0') return 'filtered';
  if (status !== '5.0.0') return undefined;
  if (command === 'RCPT') return 'userunknown';
  return command === 'DATA' ? 'rejected' : undefined;
}

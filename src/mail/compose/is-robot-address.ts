const SYSTEM = new Set(['mailerdaemon', 'postmaster', 'majordomo', 'listserv']);
/** "Do not answer" in six languages, with separators removed. */
const NO_REPLY = [
  'noreply',
  'donotreply',
  'dontreply',
  'neverreply',
  'nichtantworten',
  'nepasrepondre',
  'noresponder',
  'naoresponder',
  'nonrispondere',
  'nietbeantwoorden',
];

/** True for a mailbox that no person reads: no-reply, mailer-daemon, postmaster, bounce (RFC 3834 section 2). */
export function isRobotAddress(address: string): boolean {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase();
  if (/^bounces?(?:[-+=_.]|$)/.test(local)) return true;
  const bare = local.replace(/[-_.]/g, '');
  return SYSTEM.has(bare) || NO_REPLY.some((word) => bare.includes(word));
}

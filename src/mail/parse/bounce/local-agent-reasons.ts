import type { BounceReason } from '../../../domain/bounce.ts';
import type { DeliveryEvidence } from './delivery-evidence.ts';

/** Programs that put mail into a box name themselves; their words mean one thing only. */
const AGENT =
  /your message to <.{1,200}> was automatically rejected:|mail\.local: |procmail[: ]|maildrop: |vdelivermail: |vdeliver: /;
const WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  ['mailboxfull', /not enough disk space|quota|mailbox full/],
  [
    'userunknown',
    /mailbox doesn't exist|invalid mailbox path|unknown user|missing home directory|user unknown|cannot find system user|invalid user specified|no mailbox here|invalid or unknown|does not refer to a virtual user/,
  ],
  ['filtered', /user does not exist, but will deliver to/],
  ['suspend', /account is locked/],
  ['systemerror', /temporary file write error|service unavailable/],
  ['systemfull', /no space left to finish writing/],
];

/** Why a local delivery agent (procmail, maildrop, Dovecot, vpopmail, vmailmgr) gave up; undefined for all others. */
export function reasonOfLocalAgent({ diagnosis, command }: DeliveryEvidence): BounceReason | undefined {
  const text = diagnosis.toLowerCase();
  if ((command !== '' && command !== 'DATA') || !AGENT.test(text)) return undefined;
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'mailererror';
}

import type { BounceReason } from '../../../domain/bounce.ts';
import type { ReportingProgram } from './reporting-program.ts';
import type { SmtpCommand } from './smtp-command.ts';

type Words = readonly (readonly [BounceReason, RegExp])[];

/** What programs say in words of their own, where the words mean one thing in that program only. */
const WORDS: Readonly<Partial<Record<ReportingProgram, Words>>> = {
  exim: [
    ['userunknown', /user not found/],
    [
      'hostunknown',
      /all host address lookups failed permanently|relevant MX records point to non-existent hosts|Unroute?able address/,
    ],
    ['mailboxfull', /mailbox is full|error: quota exceed/],
    ['notaccept', /indicated no SMTP service|no host found for existing SMTP connection/],
    [
      'syntaxerror',
      /angle-brackets nested too deep|expected word or "<"|domain missing in source-routed|malformed address:/,
    ],
    ['systemerror', /delivery to (?:file|pipe) forbidden|local delivery failed|LMTP error after /],
    ['contenterror', /Too many "Received" headers/],
    ['mesgtoobig', /Mail size limit exceeded/],
    [
      'expired',
      /retry time(?:out)? (?:exceeded|not reached)|No action is required on your part|failing for a long time|Delay reason: |has been frozen|was frozen on arrival/,
    ],
    ['mailererror', /pipe to \|/],
  ],
  qmail: [
    ['hostunknown', /Sorry, I couldn't find any host /],
    ['mailboxfull', /disk quota exceeded/],
    ['mesgtoobig', /Message size exceeds fixed maximum message size:/],
    ['networkerror', /wasn't able to establish an SMTP connection|listed as a best-preference MX/],
    ['notaccept', /couldn't find a mail exchanger/],
    ['systemfull', /mailbox unavailable \(not enough free space\)/],
    ['exceedlimit', /exe?e?ceeded the maximum size the user accepts|exeeded the maximum size/],
    ['suspend', /administrativ\w{0,6} disabled/],
    ['userunknown', /no mailbox here by that name/],
    [
      'systemerror',
      /bad interpreter: |system error|Unable to |LDAP|homedir creat|executing qmail-forward|Too many results returned/,
    ],
    ['expired', /this message has been in the queue too long/],
  ],
  dragonfly: [
    ['expired', /Could not deliver for the last /],
    ['hostunknown', /DNS lookup failure: host /],
  ],
  gmail: [
    [
      'expired',
      /Could not contact DNS servers|recipient has been delayed|did not accept our requests to connect/,
    ],
    ['notaccept', /returned Null MX/],
    ['userunknown', /because the address couldn't be found/],
    ['networkerror', / had no relevant answers\.| responded with code NXDOMAIN/],
    ['hostunknown', /DNS Error: (?:Domain name not found|DNS server returned answer with no data)/],
  ],
  carrier: [
    ['expired', /Your message was not delivered within /],
    ['mailboxfull', /account is temporarily over quota|As their mailbox is full/],
    ['onhold', /rejected by a remote mail server/],
    ['suspend', /account is (?:disabled|temporarily limited)/],
    ['norelaying', /Due to the following SMTP relay error/],
    ['hostunknown', /As the remote domain doesn.?t exist/],
  ],
  biglobe: [
    ['filtered', /Mail Delivery Failed\.\.\. User unknown/],
    ['mailboxfull', /recipient's mailbox exceeded the local limit/],
  ],
  imail: [
    ['hostunknown', /Unknown host/],
    ['userunknown', /Unknown user|Invalid final delivery userid/],
    ['mailboxfull', /User mailbox exceeds allowed size/],
    ['virusdetected', /Requested action not taken: virus detected/],
    ['spamdetected', /Blacklisted URL in message/],
    ['expired', /Delivery failed \d/],
  ],
  opensmtpd: [
    ['expired', /Envelope expired/],
    ['securityerror', /Could not retrieve credentials/],
    ['hostunknown', /Invalid domain name|Domain does not exist/],
    [
      'networkerror',
      /Address family mismatch|All routes to destination blocked|bad DNS lookup|Could not retrieve source|Loop detected|Network error on|No valid route to|Temporary failure in MX/,
    ],
    ['notaccept', /seem to reject all mails|No MX found for/],
  ],
  exchange: [
    ['userunknown', /000C05A6|RESOLVER\.ADR\.(?:Ex)?Recip(?:ient)?NotFound/],
    ['filtered', /000C0595/],
    ['systemerror', /00010256|000D06B5|RESOLVER\.ADR\.(?:BadPrimary|InvalidInSmtp|Ambiguous)/],
    ['networkerror', /00120270|SMTPSEND\.DNS\.MxLoopback/],
    ['contenterror', /00050311|000502CC/],
    ['securityerror', /000B0981|RESOLVER\.RST\.AuthRequired/],
    ['onhold', /000B099C|000B09AA|000B09B6/],
    ['hostunknown', /SMTPSEND\.DNS\.NonExistentDomain/],
    ['toomanyconn', /RESOLVER\.ADR\.RecipLimit/],
    ['rejected', /RESOLVER\.RST\.NotAuthorized/],
    ['exceedlimit', /RESOLVER\.RST\.RecipSizeLimit/],
    ['expired', /QUEUE\.Expired/],
  ],
  messagingserver: [['hostunknown', /Illegal host\/domain name found/]],
  courier: [
    ['hostunknown', /No such domain\./],
    ['systemerror', /domain's DNS violates RFC 1035/],
    ['networkerror', /DNS lookup failed/],
  ],
  verizon: [['userunknown', /no such user here|No valid recipients/]],
  notes: [
    ['networkerror', /exceeded maximum hop count/],
    ['userunknown', /User not listed in public Name|ディレクトリのリストにありません/],
  ],
  domino: [
    ['filtered', /Cannot route mail to user/],
    ['systemerror', /Several matches found in Domino Directory/],
    [
      'userunknown',
      /not listed in (?:Domino|public Name)|no se encuentra en el Directorio|dans l'annuaire Domino|ディレクトリには見つかりません/,
    ],
  ],
  interscan: [['userunknown', /Unable to deliver/]],
  fml: [
    [
      'rejected',
      /header may cause mail loop|NOT MEMBER article|reject (?:mail from|spammers)|not a member of this mailing list/,
    ],
    ['systemerror', /loop condition|Duplicated Message-ID|Loop Back Warning/],
    ['securityerror', /Security alert:/i],
  ],
};

const POWERMTA_CATEGORIES: Readonly<Record<string, BounceReason>> = {
  'bad-domain': 'hostunknown',
  'bad-mailbox': 'userunknown',
  'inactive-mailbox': 'suspend',
  'message-expired': 'expired',
  'no-answer-from-host': 'networkerror',
  'policy-related': 'policyviolation',
  'quota-issues': 'mailboxfull',
  'routing-errors': 'systemerror',
  'spam-related': 'spamdetected',
};

/** The reason that PowerMTA's bounce category stands for. */
export function readCategory(category: string): BounceReason | undefined {
  return POWERMTA_CATEGORIES[category];
}

/** Gmail numbers the stage of the session at which the far host refused. */
const GMAIL_STATES: Readonly<Record<string, readonly [SmtpCommand, BounceReason]>> = {
  '6': ['MAIL', 'failedstarttls'],
  '8': ['AUTH', 'systemerror'],
  '9': ['AUTH', 'failedstarttls'],
  '12': ['AUTH', 'norelaying'],
  '13': ['EHLO', 'blocked'],
  '14': ['RCPT', 'userunknown'],
  '15': ['DATA', 'filtered'],
  '17': ['DATA', 'filtered'],
  '18': ['DATA', 'filtered'],
};

/** The stage and meaning of Gmail's `(state 14)`. */
export function readGmailState(words: string): readonly [SmtpCommand, BounceReason] | undefined {
  return GMAIL_STATES[/\(state (\d{1,2})\)/.exec(words)?.[1] ?? ''];
}

/** What the program's own words mean; undefined when it only passes on what a far host said. */
export function readProgramWords(
  program: ReportingProgram,
  words: string,
  command: SmtpCommand,
): BounceReason | undefined {
  if (program === 'googlegroups') return (words.match(/ ?\* /g)?.length ?? 0) === 4 ? 'rejected' : 'onhold';
  if (program === 'exim' || program === 'qmail') {
    if (command === 'EHLO') return 'blocked';
    if (program === 'exim' && command === 'MAIL') return 'onhold';
  }
  if (program === 'qmail' && / does not like recipient\..{0,2000}queue too long/.test(words)) return 'onhold';
  return WORDS[program]?.find(([, pattern]) => pattern.test(words))?.[0];
}

import type { BounceReason } from '../../../domain/bounce.ts';

/** Reason, status codes, words in lower case: an answer means the reason when both fit. The first that fits counts. */
export type CodedWords = readonly (readonly [BounceReason, RegExp, RegExp])[];

/** Exchange Online and Outlook.com, by Microsoft's list of non-delivery codes. */
export const MICROSOFT_ANSWERS: CodedWords = [
  [
    'authfailure',
    /^(?:4\.7\.26|5\.7\.23|5\.7\.509)$/,
    /spf or dkim|sender policy framework|dmarc verification/,
  ],
  ['badreputation', /^4\.7\.650$/, /ip reputation/],
  [
    'failedstarttls',
    /^[45]\.4\.(?:8|317)$|^[45]\.7\.(?:5|51|32[1-5])$/,
    /mta-sts|starttls|certificate|tlsa-invalid|dnssec-invalid/,
  ],
  ['speeding', /^5\.7\.7[0-4]\d$|^5\.7\.508$/, /exceeded (?:threshold|permitted)|traffic not accepted/],
  ['systemerror', /^4\.7\.(?:500|700)$/, /server busy|agent busy/],
  [
    'toomanyconn',
    /^4\.7\.652$|^5\.2\.122$|^[45]\.5\.3$/,
    /number of connections|exceeded their limit|too many recipients/,
  ],
  ['blocked', /^4\.7\.(?:5\d\d|6\d\d|8[5-9]\d)$/, /please try again later/],
  [
    'blocked',
    /^5\.7\.(?:6(?:0[6-9]|[1-4]\d)|25|506|507|510|511|513)$/,
    /banned send|reverse dns|bad helo|rejected by recipient|over ipv6|block list/,
  ],
  ['blocked', /^(?:4\.4\.2|5\.5\.4|5\.7\.1)$/, /connection dropped|invalid domain name|on our block list/],
  [
    'contenterror',
    /^5\.(?:3\.0|6\.11|4\.11|5\.6)$/,
    /related errors|invalid characters|message depth|message content/,
  ],
  ['exceedlimit', /^5\.2\.3$/, /too large for this recipient/],
  ['expired', /^(?:4\.4\.[17]|5\.4\.(?:300|316))$/, /timed out|message delayed|message expired/],
  [
    'speeding',
    /^(?:4\.3\.2|5\.1\.90|5\.2\.2|5\.2\.12[12])$/,
    /thread limit|daily limit|submission quota|per hour message receive/,
  ],
  ['mailboxfull', /^5\.2\.2$/, /mailbox full/],
  ['mesgtoobig', /^5\.3\.4$/, /message size exceeds|message too big/],
  [
    'networkerror',
    /^[45]\.4\.(?:4|6|14|312|316)$/,
    /nonexistent ?domain|hop count|dns query failed|connection refused|invalid arguments|routing loop/,
  ],
  [
    'norelaying',
    /^5\.(?:7\.1|4\.1|7\.64|4\.310)$/,
    /unable to relay|client was not authenticated|relay access denied|does not exist/,
  ],
  [
    'notaccept',
    /^(?:4\.3\.2|4\.4\.4|5\.3\.2)$/,
    /not accepting network messages|no mail-enabled subscriptions|storedriver mdb/,
  ],
  ['policyviolation', /^5\.(?:0\.350|7\.9\d\d)$/, /header is too long|policy violation|message refused/],
  ['rejected', /^5\.1\.[078]$/, /invalid address|unknown sender|sender denied|bad outbound sender/],
  [
    'rejected',
    /^5\.7\.(?:12|124|13|13[3-6]|50[123]|512|750)$/,
    /sender|abuse detected|rfc 5322|unregistered domains/,
  ],
  ['rejected', /^5\.7\.1$/, /delivery not authorized/],
  ['securityerror', /^5\.7\.(?:3|57)$/, /exchange server authentication|not authorized|not authenticated/],
  ['spamdetected', /^5\.2\.1$/, /content filter agent quarantined/],
  [
    'suspend',
    /^5\.(?:7\.50[45]|2\.1)$/,
    /recipient address rejected|banned recipient|mailbox cannot be accessed/,
  ],
  ['syntaxerror', /^5\.(?:3\.3|5\.2)$/, /unrecognized command|send hello first/],
  [
    'systemerror',
    /^(?:4\.3\.2|5\.3\.5|5\.3\.190|5\.0\.0)$/,
    /service not a|incorrectly configured|journaling|requires domain address/,
  ],
  ['systemerror', /^(?:5\.1\.4|5\.2\.4|5\.2\.14)$/, /ambiguous|list expansion|forwarding address/],
  [
    'systemerror',
    /^(?:4\.4\.(?:3|24|25|28|318)|4\.7\.0|5\.4\.318)$/,
    /temporary server error|failed to be replicated|suspiciousremote/,
  ],
  ['systemfull', /^4\.3\.1$/, /insufficient system resources/],
  [
    'userunknown',
    /^5\.(?:1\.(?:1|2|3|4|5|6|10|351)|4\.1|5\.0)$/,
    /not found|user unknown|invalid recipient|rfc 2606|single label|bad destination|address rejected: access denied|mailbox unavailable|invalid x\.400|unknown recipient/,
  ],
];

/** Gmail and Google Workspace, by Google's list of SMTP errors. */
export const GOOGLE_ANSWERS: CodedWords = [
  [
    'authfailure',
    /\.7\.(?:1|24|26|27|30|32)$/,
    /spf record|spf or dkim|pass spf checks|domain's dmarc policy|authentication checks|authenticate (?:their email )?with|authenticated spf or dkim/,
  ],
  ['badreputation', /\.7\.[01]$/, /very low reputation/],
  [
    'blocked',
    /\.7\.(?:0|1|28)$|^5\.5\.4$/,
    /not in whitelist|closing connection|helo\/ehlo argument|unusual rate of/,
  ],
  ['mesgtoobig', /^5\.3\.4$/, /message size limit/],
  ['exceedlimit', /^5\.[23]\.[34]$/, /message size limits|limit of|header size/],
  ['expired', /^4\.(?:7\.0|4\.2)$/, /connection expired|timeout - closing/],
  ['failedstarttls', /\.7\.(?:0|29)$|^4\.5\.1$|^5\.5\.1$/, /starttls|tls required|tls\/ssl/],
  ['mailboxfull', /\.2\.2$|^5\.7\.1$/, /out of storage space|over quota|email quota exceeded/],
  ['networkerror', /^5\.(?:4\.6|6\.0)$/, /exceeded 50 hops/],
  ['norelaying', /^5\.7\.[01]$/, /mail relay denied|credentials for relay|send email directly/],
  [
    'notcompliantrfc',
    /^5\.(?:7\.1|1\.7|6\.0)$/,
    /from: header|rfc 5322 compliant|message-id: header|disallowed header|encoded-word|rfc 5321 address|message is malformed/,
  ],
  [
    'policyviolation',
    /^(?:5\.7\.[01]|4\.7\.28)$/,
    /illegal attachment|potential security issue|policy that prohibited|same message-id/,
  ],
  ['rejected', /^5\.7\.[01]$/, /mail sending denied|unauthenticated email is not/],
  ['requireptr', /\.7\.(?:0|1|23|25)$/, /ptr record|does not match the ip address/],
  [
    'securityerror',
    /\.(?:7|5)\.(?:0|1|2|8|9|14)$/,
    /login attempts|cannot decode response|identity changes|authentication required|application-specific|log in (?:with|through)|not accepted\. learn/,
  ],
  ['spamdetected', /\.7\.[01]$/, /nature of the content|likely unsolicited/],
  [
    'speeding',
    /\.(?:2\.1|4\.5|7\.1)$/,
    /too quickly|limit exceeded|rate that prevents|quota exceeded|been rate limited/,
  ],
  ['suspend', /^5\.2\.1$/, /is disabled|is inactive/],
  [
    'syntaxerror',
    /\.5\.[0124]$|\.7\.(?:0|4|10|11)$/,
    /protocol violation|argument not permitted|syntax error|unrecognized|unimplemented|bad sequence|(?:ehlo\/helo|mail|rcpt) first|no data after|xoauth|unauthenticated commands/,
  ],
  [
    'systemerror',
    /^4\.(?:3\.0|7\.0|4\.5|5\.3)$/,
    /system problem|server busy|multiple destination|temporarily rejected|policy size/,
  ],
  ['toomanyconn', /\.5\.3$/, /too many recipients/],
  ['userunknown', /^5\.1\.[123]$/, /does not exist|find the recipient domain|valid rfc 5321/],
];

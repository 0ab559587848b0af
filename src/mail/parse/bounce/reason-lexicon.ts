import type { BounceReason } from '../../../domain/bounce.ts';

/**
 * How hosts word each reason, as patterns over lower-case text with single spaces. Each pattern is linear: bounded
 * gaps, no repetition within a repetition. What a word means also depends on the stage: see find-reason.ts.
 */
export const REASON_LEXICON: Readonly<Partial<Record<BounceReason, readonly RegExp[]>>> = {
  authfailure: [
    /\bspf (?:check|validation|verification)?:? ?fail|bad spf record|inspect your spf|per it'?s spf record|\/\/spf\.pobox\.com/,
    /sender policy framework.{0,40}(?:fail|violation)|dmarc (?:policy|check|verification|sender invalid)|dkim sender invalid/,
    /is not allowed to send mail\. .{0,20}_401|authenticate with either spf or dkim|spf\/dns de votre nom de domaine/,
  ],
  badreputation: [
    /(?:poor|bad|very low|low) (?:email |ip |sender )?reputation|due to (?:poor )?ip reputation|ip\/domain reputation problem/,
    /temporarily deferred due to unexpected volume or user complaints|poor reputation/,
  ],
  blocked: [
    /said: 550 blocked|spamcop\.net\/bl|bad sender ip|banned (?:sending|sender) ip|blacklisted by|black ?list on|blocked using |blocked - see http|refused - see http/,
    /(?:^|[^.\w])(?:your |the )?(?:ip|network|access ip|client host|mail server at|domain|email)\b.{0,60}(?:is|was|has been|temporary) (?:blocked|black ?listed|rejected)/,
    /client host rejected: (?:abus|may not be|was not authenticated)|confirm this mail server|server requires confirmation|connection (?:was )?dropped|connection refused by|connection reset by peer/,
    /spamhaus(?:'s list| xbl)|blocked by .{0,60}(?:spamhaus|barracudacentral|rbl|earthlink)|\bwas blocked by |is in an .{0,40}rbl on |\bdnsbl:|listed in the rbl|multi-blacklist|is in a black list/,
    /(?:hosts?|mail) (?:with|from) dynamic ip|dynamic\/zombied|extreme bad ip profile|go away\b|helo command rejected:|host network,? not allowed|no access from mail server|open proxy/,
    /invalid ip for sending mail|is not allowed to send mail from|no matches to nameserver query|not currently accepting mail from your ip|part of their network is on our block list/,
    /please use the smtp server of your isp|has not passed validation|sender ip address rejected|server access forbidden by your ip|service not available, closing transmission channel/,
    /smtp error from remote mail server after initial connection:|that domain isn't in my list of allowed rcpthosts|looks suspiciously like spammer|not accepting connections/,
    /to submit messages to this e-mail system has been rejected|too many (?:spams|unwanted messages)|you are not allowed to connect|you are sending spam|error: no valid recipients from /,
    /currently sending spam|domain does not exist:|refused to talk to me: .{0,120}blocked|mail from .{0,80} refused|rejected based on blacklist|listed as abusive|temporarily deferred due to user complaints/,
    /service refused, please try later\. .{0,20}(?:103|510)|sender's ip address is listed at|\(.{0,60}@.{0,60}:blocked\)/,
  ],
  contenterror: [
    /duplicate header|header size exceeds maximum|8-bit data in message header|message header size, or recipient list|mime complexity exceeds/,
    /too many "?received:?"? headers|contains? (?:invalid mime headers|improperly-formatted|text that uses unnecessary base64)|conversion to internet format failed/,
  ],
  exceedlimit: [/message header size exceeds limit|message too large\b/],
  expired: [
    /connection timed out|(?:operation|connect\w*:?) timed out|could not find a gateway for|delivery attempts will continue to be|delivery (?:time )?expired|failed to deliver to domain /,
    /giving up on|have been failing for a long time|has been delayed|has not been collected after|message expired|message timed out|envelope expired|message delayed/,
    /retry time(?:out)? (?:not reached|exceeded)|server did not respond|(?:has been|sitting) in (?:the )?queue (?:for |too long)|after multiple retries|allowed queue period/,
    /could not be delivered for .{0,30} days|could not deliver for the last|(?:not delivered|been trying to deliver).{0,30} within |did not accept our requests to connect|could not contact dns servers/,
  ],
  failedstarttls: [
    /starttls is required|tls required but not supported|must issue a starttls|mta-sts validation|starttls-not-supported/,
  ],
  filtered: [
    /only accepting mail from specific|bounced address|due to extended inactivity|has restricted sms|is not accepting any mail|message filtered|due to user rules/,
    /not found recipient account|due to recipient preferences|resolver\.rst\.notauthorized|account is protected by|user not found|refuses? to receive (?:this )?mail|user reject|blocked by the recipient/,
  ],
  hasmoved: [/ has been replaced by |recipient no longer on server|(?:user|mailbox|recipient) has moved/],
  hostunknown: [
    /domain (?:name )?(?:does not exist|is not reachable|must exist|not found)|host or domain name not found|\bhost (?:is )?(?:unknown|unreachable)|unknown host|name or service not known|no such domain/,
    /mail domain mentioned .{0,40}unknown|unknown domain name|the account or domain may not exist|unrout(?:e)?able address|\b553 .{0,200} does not exist|couldn't find any host|illegal host\/domain name/,
    /all host address lookups failed permanently|point to non-existent hosts|nonexistent ?domain|server returned answer with no data|remote domain doesn.?t exist|lookup failure: host /,
  ],
  mailboxfull: [
    /452 insufficient disk space|not (?:enough|sufficient) (?:disk|storage|free) ?space|does not have enough space|no space left on device|too much mail data/,
    /(?:mail ?box|mail ?folder|inbox)(?: is| was)? (?:full|over quota)|full mailbox|destinataire pleine|mailbox for user is full|mailbox full/,
    /over (?:the |its |disk |the allowed )?quota|(?:disc|disk|mail|mailbox|storage|received) ?(?:space )?quota|quota (?:usage )?exceed|quota violation|exceed\w{0,3} (?:the |its |their )?(?:mailbox |disk |storage )?quota/,
    /exceed\w{0,3} (?:the |its )?(?:local limit|disk space limit|storage allocation|allowed size|receiving limits)|mailbox (?:size limit exceeded|would exceed)|mail file size exceeds/,
    /space has been used up|too many messages on the server|account storage limit|out of storage space|userdisk quota|domaindisk quota/,
  ],
  mailererror: [
    / \|\| exit |procmail: |bin\/(?:procmail|maidrop|maildrop)|command failed: |command died with status |command output:|mailer error|pipe to \||x-unix; /,
  ],
  mesgtoobig: [
    /exceed\w{0,3} (?:the )?max\w{0,4} (?:inbound|incoming)? ?message size|max\w{0,4} message size exceeded|line limit exceeded|message (?:file )?too big|maximum email size exceeded/,
    /message (?:length|size) (?:exceeds|exceeded)|message too large for this |size limit|taille limite du message/,
  ],
  networkerror: [
    /could not connect and send|dns records for the destination computer|hop count exceeded|maximum hop count|host is unreachable|host name lookup failure|host not found, try again/,
    /mail forwarding loop|name server reply|forwarding loop count|message looping|routing loop|no route to host|too many hops|unable to resolve route|unrout(?:e)?able mail domain|dns lookup failed/,
    /best-preference mx|(?:no relevant answers|responded with code nxdomain)|dns query failed|(?:no valid route to|network error on destination|loop detected|bad dns lookup|failure in mx lookup)/,
  ],
  norelaying: [
    /\bas a relay|email address is not verified\.|insecure mail relay|relay through this|no relaying|not a gateway|not allowed to relay|not an open relay|not local host/,
    /relay(?:ing)? (?:access )?(?:denied|not permitted)|relaying mail to |specified domain is not allowed|isn't in my list of allowed rcpthost|not configured to relay|unable to relay|we don't handle mail for/,
    /authentication when attempting to send to a non-local|smtp relay error/,
  ],
  notaccept: [
    /does not accept mail|null ?mx\b|mail receiving disabled|name server: \.: host not found|no mx record found|no route for current request|smtp protocol returned a permanent error/,
    /no mx found for|indicated no smtp service|no host found for existing smtp|couldn't find a mail exchanger|seem to reject all mails/,
  ],
  notcompliantrfc: [
    /duplicate header|(?:is )?not rfc ?5322 compliant|rfcmessagenoncompliant| multiple .{0,60} header|headers are not rfc compliant/,
  ],
  policyviolation: [
    /illegal attachment|is not accepting mail with |non-member to a members-only|closed mailing list|(?:denied|blocked|rejected|due to) (?:by |for |to )?(?:local |security |organizational |organization )?(?:policy|policies|settings)\b/,
    /(?:not accepted|rejected) for policy reasons|headers? (?:are not accepted|error)|local policy violation|message given low priority|multiple addresses|protocol violation|organizational settings|organization policy/,
    /not subscribed to this group|content presents a potential|do not accept messages containing images|using a mass mailer|allowable number of posts/,
  ],
  rejected: [
    /access denied \((?:in reply to mail from|sender)|(?<!recipient |sender ip |5\.1\.0 )address rejected|administrative prohibition|batv |backscatter protection|sender isn't on the recipient's list|bogus mail from/,
    /purported responsible address|valid sender domain|bouncedeny|valid-address-filter|delivery not authorized|does not exist e2110|domain of sender address |senderfilterconfig|emetteur invalide/,
    /(?:empty|null) (?:envelope )?sender|envelope blocked|no third-party dsns|from: domain is invalid|fully qualified email address required|invalid domain, see|invalid sender|not a registered gateway user/,
    /mail from not owned|email address is not verified|^mx records for | mx records for |addresses rejected : access denied|returned mail not accepted|rfc 1035 violation|rule imposed mailbox access/,
    /from a different address or alias|sender (?:email )?(?:address )?(?:has been blacklisted|rejected|denied)|sender is (?:in my black list|spammer)|sender (?:not pre-approved|domain is empty|verify failed|was rejected)/,
    /spam reporting address|empty email address|server does not accept mail from|unsigned dsn|unrout(?:e)?able sender address|not allowed to post to this|address that has been blacklisted|your (?:access to submit messages|email address has been blacklisted)/,
    /not (?:a )?members?\b.{0,40}mailing list|not member article|reject (?:mail from|spammers)/,
  ],
  requireptr: [
    /ip name lookup failed|(?:have|no|missing|bad dns) (?:a )?ptr (?:resource )?record|missing ptr|cannot (?:find your hostname|resolve your address)|(?:fix|invalid|sender ip) (?:reverse dns|rdns|reverse lookup)/,
    /custom reverse dns|ptr record (?:setup|found|with)|reverse dns (?:failed|required|entry|record|lookup for host)|corresponding forward dns entry|no reverse dns|no rdns|unresolvable relay host|generic dns ptr/,
    /domain .{0,80} mismatches client ip|dns lookup failure: .{0,100} try again later|unverifyable sending ips/,
  ],
  securityerror: [
    /not subscribed to ses|authentication (?:credentials invalid|failure|required|turned on|failed; server)|executable files are not allowed|insecure mail relay|recipient address rejected: access denied/,
    /you don't authenticate|unauthenticated senders|verification failure|not authorized to send mail|authentification (?:invalide|requise)|is a dead domain|not authorized to perform ses|could not retrieve credentials/,
  ],
  spamdetected: [
    / - spam|help_spam_16|554 5\.7\.0 reject, id=|\bunsolicited\b|blacklisted url|blocked? (?:for|by) (?:spam|abuse\. see)|no spam please|spamassassin|content filter rejection|recurrent pattern detection/,
    /(?:detected|classified|rejected|scored|identified|considered|listed) (?:this email )?(?:your message )?as (?:an? )?(?:unsolicited )?(?:bulk |possible )?(?:e?mail |spam)|spam list|probability of (?:being )?spam/,
    /(?:appears to be|looks like|looked like|considered|probably|probable|suspected|possible|contains?|contain|consider|similar to|because of|to be a|dont accept|too much) (?:the )?spam/,
    /spam (?:blocked|check|content|detected|email|message|not accepted|refused|rejection|score|filter|block|complaints|points|or virus|classification|\w{0,20} exceeded)|spam-?like|spamming not allowed|spamprofiler|spambouncer|antispam checks/,
    /mail content denied|message (?:content rejected|filtered|rejected for policy reasons)|unacceptable content|our system has detected that this message|bulk[ .](?:advertising|email|mail)|rejecting (?:banned|mail) content/,
    /sender domain listed at|blocked by our filter|uribl|greylisted.{0,60} please try again in|mail score \(|\(spam\)|is blacklisted on|mail rejected\. .{0,20}506|drbl\.imedia|your email is spam/,
  ],
  speeding: [
    /temporarily rate limited|please try again slower|(?:at a rate|too quickly).{0,40}(?:prevents|delivered|receiv)|rate that prevents|per hour message receive limit|sending (?:quota|limit) exceeded|submission quota/,
  ],
  suspend: [
    /(?:is|has been) (?:currently |temporarily )?suspended| temporary locked|archived recipient|destinataire archivee|(?:account|mailbox|mail ?address)\b.{0,60}(?:disabled|deactivated|is frozen|currently suspended|terminated)/,
    /inactive (?:account|user)|invalid\/inactive|deactivated mailbox|user is terminated|mailbox unavailable or access denied|temporarily inactive|recipient suspend|no longer accepts mail|user or domain is disabled|user suspended/,
    /account is locked|administrativ\w{0,8} disabled|user account disabled|reach is (?:disabled|inactive)|account is temporarily limited/,
  ],
  suppressed: [/suppression list/],
  systemerror: [
    /loop broken|can't create user output file|could not load drd|internal (?:error reading data|server error|system error)|interrupted system call|error while being processed|would create a mail loop/,
    /local configuration error|local error in processing|loop was found|loops back to myself|mail system configuration error|queue file write error|there is no mdb|server is misconfigured/,
    /server configuration error|service currently unavailable|system config error|temporary local problem|timeout waiting for input|transaction failed\b|unable to connect .{0,40}daemon/,
    /delivery to (?:file|pipe) forbidden|local delivery failed|unable to contact ldap|ldap (?:server|attribute|lookup)|automatic homedir|bad interpreter|matches found in domino directory|lmtp error after /,
  ],
  systemfull: [
    /mail system full|action aborted: exceeded storage allocation|not enough free space|insufficient system (?:resources|storage)/,
  ],
  toomanyconn: [
    /maximum connection limit|connection rate limit|per-domain connection limit|max emails per hour|throttling failure|too many (?:concurrent |smtp |simultaneous )*(?:connections|sessions|errors from|recipients)/,
    /trop de connexions|already made numerous attempts|maximum number of connections|frequency limited/,
  ],
  userunknown: [
    /5\.1\.1 bad address|address (?:invalid|does not exist|unknown|not present|could not be found)|address rejected\.|can't accept user|\bdoes not exist\.|addresses were unknown|rejected recipients|\bbad.{0,20}recipient/,
    /invalid (?:address|mailbox|recipient|user|final delivery userid|e-?mail)|is not (?:a known user|a valid mailbox|a valid user|an active address|a valid recipient|a local address)|mailbox (?:does not|doesn't) exist/,
    /mailbox (?:invalid|is inactive|is unavailable|not present|not found|unavail?able|.{0,80} does not exist|.{0,80}unavailable or access denied)|nessun utente|no existe (?:dicha|ese)|utilisateur inconnu/,
    /\bno (?:such |valid )?(?:\w{1,12} )?(?:account|mail ?box|address|person|user)s? (?:by that name|here|available|found|at this)|no such (?:address|mailbox|person|recipient|user)|no mailbox (?:found|here)/,
    /not (?:a )?(?:valid (?:recipient|user)|local address|email addresses|known user)|recipient (?:address rejected: (?:access denied|invalid|unknown user|user ?unknown)|does not exist|is not (?:accepted|local)|not (?:exist|found|ok|recognized)|unknown)/,
    /recipient(?: name)? is not recognized|refuses to accept your mail|recipient ?notfound|recip(?:ient)? ?not ?found|badrcptto|envelope recipient has been denied|domain or user isn't in my list|recipients was undeliverable/,
    /user's email name is not found|there is no one at this|wrong or no longer valid|badrecipientto|validrcptto|spectator does not exist|unknown (?:or illegal )?(?:mailbox|recipient|user|alias|e-?mail address|local[- ]part)/,
    /user (?:does not|doesn't|not) exist|user (?:missing|not active|not found|not known|unknown|.{0,80} (?:was not found|does not exist)|\(.{0,80}\) unknown)|unknown virtual user|not listed in|non.?existent user|doesn't have a .{0,80}account/,
    /(?:account|rcpt|user) .{0,100}(?:does not|doesn't|not) exist|<.{1,120}> not found|>\.\.\. blocked by |destinataire invalide|recipient .{0,80} was not found in|no longer accepts mail|inactive email address/,
    /no .{0,60}in name directory|no valid recipients, bye|address couldn't be found\. check for typos/,
  ],
  virusdetected: [
    /potentially executable attachment|prohibited virus|recent viruses|virus (?:detected|phishing)|infected with a virus|contains? (?:a )?virus/,
  ],
};

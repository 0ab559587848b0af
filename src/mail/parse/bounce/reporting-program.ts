/** The program that wrote a report, where it words things its own way; empty for all others. */
export type ReportingProgram =
  | 'postfix'
  | 'sendmail'
  | 'exim'
  | 'qmail'
  | 'gmail'
  | 'googlegroups'
  | 'exchange'
  | 'opensmtpd'
  | 'courier'
  | 'messagingserver'
  | 'dragonfly'
  | 'imail'
  | 'interscan'
  | 'verizon'
  | 'notes'
  | 'domino'
  | 'carrier'
  | 'biglobe'
  | 'fml'
  | '';

/** What a program is told by. */
export interface ReportHead {
  readonly from: string;
  readonly subject: string;
  readonly notice: string;
  /** The address fields of groups: Google lists them for its groups. */
  readonly failedRecipients: string;
}

const BY_NOTICE: readonly (readonly [ReportingProgram, RegExp])[] = [
  ['dragonfly', /^This is the DragonFly Mail Agent/m],
  [
    'postfix',
    /^This is the (?:\S{1,40} )?(?:Postfix program|mail system) at host |^ {0,30}The (?:Postfix program|mail system)$/m,
  ],
  ['opensmtpd', /This is the MAILER-DAEMON, please DO NOT REPLY/],
  ['messagingserver', /^This report relates to a message you sent with the following header fields:/m],
  ['courier', /DELAYS IN DELIVERING YOUR MESSAGE|UNDELIVERABLE MAIL/],
  [
    'qmail',
    /^(?:Hi\. This is the qmail|Sorry, we were unable to deliver your message|I'm afraid I wasn't able to deliver)/m,
  ],
  [
    'exim',
    /^This message was created automatically by (?:mail delivery software|the SMTP relay)|router encountered the following error|has been frozen|was frozen on arrival/m,
  ],
  ['sendmail', /^ {0,3}-{3,} ?Transcript of session follows ?-{3,}/m],
  [
    'exchange',
    /MSEXCH:|Diagnostic information for administrators|Informations de diagnostic|Informazioni di diagnostica|Diagnostisk information/,
  ],
  ['notes', /^-{5,} Failure Reasons /m],
];

/** Tells the program by its sender, its subject and the words it always writes. */
export function findProgram({ from, subject, notice, failedRecipients }: ReportHead): ReportingProgram {
  if (/[@.](?:vtext|vzwpix)\.com$/.test(from)) return 'verizon';
  if (/@(?:biglobe|inacatv|tmtv|ttv)\.ne\.jp$/.test(from)) return 'biglobe';
  if (/ezweb\.ne\.jp$|@au\.com$|\.dion\.ne\.jp$|auone-net\.jp$/.test(from)) return 'carrier';
  if (
    /@googlemail\.com$|mailer-daemon@gmail\.com$/.test(from) &&
    /Delivery Status Notification/.test(subject)
  )
    return failedRecipients === '' || /Delivery to the following recipient|^\*\* /m.test(notice)
      ? 'gmail'
      : 'googlegroups';
  if (/^DELIVERY[ _]FAILURE:/.test(subject)) return 'domino';
  if (
    /^interscan/i.test(from) ||
    /^Mail could not be delivered|メッセージを配信できません|メール配信に失敗しました/.test(subject)
  )
    return 'interscan';
  if (/^Undeliverable Mail\b/.test(subject) && !notice.includes('Could not be delivered because of'))
    return 'imail';
  if (
    /Original mail as follows:|mailing list/.test(notice) &&
    /^fml|not member|Loop Alert|Security Alert|reject mail/i.test(subject)
  )
    return 'fml';
  return BY_NOTICE.find(([, pattern]) => pattern.test(notice))?.[0] ?? '';
}

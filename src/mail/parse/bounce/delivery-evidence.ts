import type { BounceReason } from '../../../domain/bounce.ts';
import type { SmtpCommand } from './smtp-command.ts';

/** What a report tells of one failed delivery, before any judgement. */
export interface DeliveryEvidence {
  /** Lower-case; empty when the report names nobody. */
  readonly recipient: string;
  /** The host's answer or the reporter's words, one line. */
  readonly diagnosis: string;
  /** RFC 3463, as the report gives it; empty when it gives none. */
  readonly status: string;
  /** RFC 3464 2.3.3: failed, delayed, delivered, relayed, expanded; empty. */
  readonly action: string;
  /** The type in front of Diagnostic-Code, lower-case; empty for SMTP. */
  readonly diagnosticType: string;
  readonly command: SmtpCommand;
  /** Lower-case names of the far host and of the reporting one, the surest first. */
  readonly hosts: readonly string[];
  /** The diagnosis is about this delivery, not only what the program writes under every report. */
  readonly specific: boolean;
  /** What the reporting program's own words mean, when they mean one thing only. */
  readonly worded: BounceReason | undefined;
}

import type { BounceReport, FeedbackReport } from './bounce.ts';
import type { CalendarEvent } from './calendar-event.ts';
import type { Threat } from './threat.ts';

/** A mailbox as in RFC 5322 3.4. `address` is lower-cased; `name` is decoded and may be empty. */
export interface Address {
  readonly name: string;
  readonly address: string;
}

/** Where a message stands. `parked` is stored and not started; the last five are ends of a run. */
export const MESSAGE_STATES = [
  'parked',
  'running',
  'awaiting-approval',
  'settled',
  'quarantined',
  'skipped',
  'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Ended without being processed: a person may still settle it, or run it again. */
export const PUT_ASIDE_STATES = ['quarantined', 'skipped', 'cancelled'] as const satisfies MessageState[];

/** The step a run is at; also the Temporal search attribute `MailroomStage`. */
export const STAGES = [
  'read',
  'classify',
  'consult',
  'prioritize',
  'summarize',
  'sync',
  'draft',
  'approval',
  'send',
  'settled',
] as const;
export type Stage = (typeof STAGES)[number];

/** How a run ended. `processed`: all steps done and nothing to send. */
export const OUTCOMES = [
  'processed',
  'sent',
  'draft-rejected',
  'draft-expired',
  'delivery-unknown',
  'skipped',
  'cancelled',
  'quarantined',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What kind of sender wrote it (RFC 3834, RFC 3464, RFC 2919). Only `person` may be answered. */
export const AUTOMATIC_KINDS = ['person', 'auto-reply', 'bounce', 'list', 'notification'] as const;
export type AutomaticKind = (typeof AUTOMATIC_KINDS)[number];

export interface AutomaticVerdict {
  readonly kind: AutomaticKind;
  /** Readable: `Auto-Submitted: auto-replied`, `List-Id: <x>`. A person has none, or hints that prove nothing alone. */
  readonly reasons: readonly string[];
  /** What List-Id names, lower-case (RFC 2919). */
  readonly listId?: string;
  /** What a bounce says of each recipient. */
  readonly bounce?: BounceReport;
  /** What a complaint says (RFC 5965). */
  readonly feedback?: FeedbackReport;
}

/** What an attachment says, in bounds. */
export interface AttachmentText {
  /** Empty when nothing was read. */
  readonly text: string;
  readonly truncated: boolean;
  /** Why it was not read, or not to its end: `encrypted`, `over 10485760 bytes`. */
  readonly reason: string | undefined;
  /** Of a picture: what its QR codes say, which `text` tells people. */
  readonly codes?: readonly string[];
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  /** Decoded bytes. */
  readonly size: number;
  readonly disposition: 'attachment' | 'inline';
  readonly contentId: string | undefined;
  readonly sha256: string;
  /** Absent for a kind whose text is not read. */
  readonly content?: AttachmentText | undefined;
}

/**
 * `id`: a number that an authority gave a person (national, tax, health, passport, licence, plate). `code`: one that
 * belongs to a firm, a bank or a place (VAT, register, routing, post code). `group`: nationality, religion, politics.
 */
export const PII_KINDS = [
  ...(['email', 'phone', 'iban', 'card', 'ip', 'id', 'code', 'mac', 'wallet', 'url'] as const),
  ...(['person', 'address', 'location', 'organization', 'date', 'age', 'title', 'group'] as const),
] as const;
export type PiiKind = (typeof PII_KINDS)[number];

/** The copied header of a message that was handed on: who wrote it, and what it was called. */
export interface ForwardedFrom extends Address {
  readonly subject: string;
}

/** A span of `visibleText`, UTF-16 offsets. The value itself is never copied out. */
export interface PiiSpan {
  readonly kind: PiiKind;
  /** Country and document of an `id` or `code`: `us_ssn`. */
  readonly type?: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** How a body was signed or encrypted (RFC 8551, RFC 3156, RFC 9580). Nothing is verified or decrypted by reading. */
export const PROTECTIONS = ['smime-signed', 'smime-encrypted', 'pgp-signed', 'pgp-encrypted'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** One MIME source, read: what every later step works on. */
export interface MessageView {
  readonly subject: string;
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  /** With angle brackets removed; undefined when the header is missing or malformed. */
  readonly messageIdHeader: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  readonly date: Date | undefined;
  /** The whole text, quotes included. From the text part, else from the HTML. */
  readonly text: string;
  /** What is to be answered: `text` without quoted history, and the first message attached; never the only copy. */
  readonly visibleText: string;
  /** The person answered between quoted lines, so `visibleText` alone may mislead. */
  readonly inlineAnswers: boolean;
  /** Closing and signature: the end of `visibleText`. Absent when none was found. */
  readonly signature?: string;
  /** Who wrote what a forward hands on. After the read step only of forwards by the account's own people. */
  readonly forwardedFrom?: ForwardedFrom;
  /** Sanitised, remote content removed; undefined for plain mail. */
  readonly html: string | undefined;
  /** ISO 639-1, or `und` when too short to tell. */
  readonly language: string;
  readonly automatic: AutomaticVerdict;
  readonly attachments: readonly Attachment[];
  readonly pii: readonly PiiSpan[];
  /** Of the calendar objects within, at most 50. */
  readonly events: readonly CalendarEvent[];
  /** What the mail claims to be, outermost first; the parts themselves are attachments, byte for byte as sent. */
  readonly protection: readonly Protection[];
  /** A limit was met: what was not read was not judged either, so no verdict may call it clean. */
  readonly incomplete: boolean;
  /** Faults met and survived: `charset "foo" unknown, read as windows-1252`, `over 200 parts`. */
  readonly warnings: readonly string[];
  /** What speaks against the sender and the content; undefined where nobody judged it. */
  readonly threat?: Threat | undefined;
}

import { z } from 'zod';
import { AUTOMATIC_KINDS, PII_KINDS, PROTECTIONS } from '../../src/domain/message.ts';
import { Address } from './address.ts';
import { CalendarEvent } from './calendar-event.ts';
import { BouncedRecipient } from './draft.ts';

const count = z.number().int();

const Automatic = z
  .object({
    kind: z.enum(AUTOMATIC_KINDS),
    reasons: z.array(z.string()),
    bounce: z
      .object({
        recipients: z.array(BouncedRecipient),
        originalMessageId: z.string().nullable(),
        reply: z
          .object({ draftId: z.string(), messageId: z.string(), subject: z.string() })
          .nullable()
          .describe('Our own reply that came back; null: the report names none of ours'),
      })
      .nullable()
      .describe('What a bounce says of each recipient'),
    feedback: z
      .object({
        type: z.string(),
        originalRecipient: z.string().nullable(),
        originalMessageId: z.string().nullable(),
      })
      .nullable()
      .describe('A complaint by way of the provider (RFC 5965)'),
  })
  .meta({ id: 'Automatic' });

export const MessageBody = z
  .object({
    date: z.string().nullable().describe('The Date header, ISO 8601'),
    to: z.array(Address),
    cc: z.array(Address),
    replyTo: z.array(Address),
    inReplyTo: z.string().nullable(),
    references: z.array(z.string()),
    text: z.string(),
    visibleText: z.string().describe('Without quoted history'),
    html: z.string().nullable().describe('Sanitised, remote content removed'),
    signature: z.string().nullable().describe('Closing and signature: the end of visibleText'),
    forwardedFrom: z
      .object({ name: z.string(), address: z.string(), subject: z.string() })
      .nullable()
      .describe('Who wrote what a colleague handed on: whose request it is'),
    automatic: Automatic,
    attachments: z.array(
      z.object({
        filename: z.string(),
        contentType: z.string(),
        size: count,
        disposition: z.enum(['attachment', 'inline']),
        contentId: z.string().nullable(),
        sha256: z.string(),
        content: z
          .object({
            text: z.string(),
            truncated: z.boolean(),
            reason: z.string().nullable().describe('Why it was not read, or not to its end'),
          })
          .nullable()
          .describe('null for a kind whose text is not read'),
      }),
    ),
    pii: z.array(
      z.object({ kind: z.enum(PII_KINDS), type: z.string().optional(), start: count, end: count }),
    ),
    events: z.array(CalendarEvent).describe('What calendar objects in the mail ask for'),
    protection: z.array(z.enum(PROTECTIONS)).describe('Signed or encrypted as claimed; nothing is verified'),
    incomplete: z.boolean().describe('A limit was met and the rest not read'),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'MessageBody' });

import { z } from 'zod';
import { ENTITY_KINDS, NEXT_ACTIONS, SENTIMENTS } from '../../src/domain/analysis.ts';
import {
  AUTOMATIC_KINDS,
  MESSAGE_STATES,
  OUTCOMES,
  PII_KINDS,
  PROTECTIONS,
  STAGES,
} from '../../src/domain/message.ts';
import { PRIORITIES } from '../../src/domain/priority.ts';
import { TRUST_LEVELS } from '../../src/domain/threat.ts';
import { Address } from './address.ts';
import { CalendarEvent } from './calendar-event.ts';
import { BouncedRecipient, Draft } from './draft.ts';
import { instant } from './instant.ts';
import { page, pageQuery } from './page.ts';
import { text } from './text.ts';

const count = z.number().int();
const Reason = z.object({ text: z.string(), weight: z.number() }).meta({ id: 'Reason' });

export const Message = z
  .object({
    id: z.string(),
    accountId: z.string(),
    batchId: z.string().nullable(),
    conversationId: z.string().nullable(),
    subject: z.string(),
    from: Address,
    receivedAt: instant,
    state: z.enum(MESSAGE_STATES),
    stage: z.enum(STAGES).nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    category: z.string().nullable(),
    confidence: z.number().nullable(),
    priority: z.enum(PRIORITIES).nullable(),
    summaryLine: z.string().nullable(),
    needsPerson: z.string().nullable().describe('What a person has to decide; null: nothing'),
    language: z.string().nullable(),
    automatic: z.enum(AUTOMATIC_KINDS).nullable(),
    attachmentCount: count,
  })
  .meta({ id: 'Message' });

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

const SourceSpan = z
  .object({ in: z.enum(['subject', 'visibleText', 'text']), start: count, end: count })
  .meta({ id: 'SourceSpan' });

export const Findings = z
  .object({
    entities: z.array(
      SourceSpan.extend({ kind: z.enum(ENTITY_KINDS), text: z.string(), value: z.string() }).meta({
        id: 'Entity',
      }),
    ),
    sentiment: z.object({
      score: z.number().describe('-1 to 1'),
      label: z.enum(SENTIMENTS),
      reasons: z.array(Reason),
    }),
    nextAction: z.object({ action: z.enum(NEXT_ACTIONS), reason: z.string() }),
  })
  .meta({ id: 'Findings' });

export const Analysis = z
  .object({
    engine: z.string(),
    engineVersion: z.string(),
    model: z.string().nullable(),
    promptVersion: z.string().nullable(),
    taxonomyVersion: z.string(),
    ruleVersion: z.string().nullable().describe('Of rules and sender patterns'),
    pipelineVersion: z.string().nullable().describe('Of reading, routing and deciding as a whole'),
    classification: z.object({
      category: z.string(),
      confidence: z.number(),
      reasons: z.array(Reason),
      alternatives: z.array(z.object({ category: z.string(), confidence: z.number() })),
      labels: z
        .array(z.object({ category: z.string(), confidence: z.number() }))
        .describe('further categories'),
      needsAction: z.boolean().nullable().describe('somebody waits for us; null: not judged'),
      needsActionReasons: z.array(Reason).describe('why somebody waits, or nobody does'),
      needsPerson: z.string().nullable().describe('why no machine may end this alone; null: it may'),
    }),
    priority: z
      .object({
        priority: z.enum(PRIORITIES),
        reasons: z.array(Reason),
        needsPerson: z.string().nullable().describe('why a person has to choose; null: nobody has to'),
      })
      .nullable(),
    summary: z
      .object({
        line: z.string(),
        points: z.array(
          z.object({ text: z.string(), from: SourceSpan.nullable().describe('The sentence it comes from') }),
        ),
      })
      .nullable(),
    findings: Findings.nullable(),
  })
  .meta({ id: 'Analysis' });

export const Threat = z
  .object({
    trust: z.enum(TRUST_LEVELS).describe('suspicious and dangerous: never answered without a person'),
    score: z.number().describe('Sum of the symbols'),
    symbols: z.array(z.object({ name: z.string(), score: z.number(), reason: z.string() })),
  })
  .meta({ id: 'Threat' });

export const PartnerSync = z
  .object({
    model: z.string(),
    partnerId: count,
    partnerCreated: z.boolean(),
    recordId: count,
    externalKey: z.string(),
    url: z.string(),
  })
  .meta({ id: 'PartnerSync' });

export const Run = z
  .object({
    workflowId: z.string(),
    workflowUrl: z.string().nullable(),
    status: z.enum(['running', 'none', 'unknown']).describe('unknown: Temporal or the worker did not answer'),
    stage: z.enum(STAGES).nullable(),
    waitingFor: z.enum(['nothing', 'approval']).nullable(),
    problem: z.string().nullable(),
  })
  .meta({ id: 'Run' });

export const MessageDetail = Message.extend({
  note: z.string().nullable(),
  priorityBy: z.string().nullable().describe('Who chose the priority; null: the engine'),
  messageIdHeader: z.string().nullable(),
  size: count,
  sourceSha256: z.string(),
  label: z.string(),
  parkedAt: instant,
  settledAt: instant.nullable(),
  inlineAnswers: z.boolean(),
  body: MessageBody.nullable().describe('null until it was read'),
  analysis: Analysis.nullable(),
  threat: Threat.nullable().describe('null: not judged'),
  draft: Draft.nullable(),
  partnerSync: PartnerSync.nullable(),
  run: Run,
}).meta({ id: 'MessageDetail' });

export const MessagePage = page(Message);
export const Conversation = z.object({ conversationId: z.string().nullable(), items: z.array(Message) });

export const MessageQuery = z.strictObject({
  ...pageQuery,
  accountId: text(48).optional(),
  batchId: text(64).optional(),
  conversationId: text(128).optional(),
  category: text(64).optional(),
  priority: z.enum(PRIORITIES).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  needsPerson: z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .optional()
    .describe('true: only those that a person has something to decide about'),
  language: text(8).optional().describe('ISO 639-1, or und'),
  q: text(500).optional().describe('Web search syntax: words, "phrases", or, -not'),
});

export const MessageAction = z
  .object({ result: z.enum(['started', 'hurried', 'asked', 'done']), state: z.enum(MESSAGE_STATES) })
  .describe('asked: its run was told and ends by itself. done: no run was alive, the record was changed.')
  .meta({ id: 'MessageAction' });

export const ControlBody = z
  .strictObject({ reason: text(200).optional() })
  .nullish()
  .transform((body) => body ?? {});

export const PriorityBody = z
  .strictObject({ priority: z.enum(PRIORITIES) })
  .meta({ id: 'PriorityBody', examples: [{ priority: 'URGENT' }] });

export const CategoryBody = z
  .strictObject({ category: text(64) })
  .meta({ id: 'CategoryBody', examples: [{ category: 'order' }] });

/** As JSON on the wire. */
export type Message = z.input<typeof Message>;
export type MessageDetail = z.input<typeof MessageDetail>;
export type MessagePage = z.input<typeof MessagePage>;
export type Conversation = z.input<typeof Conversation>;
export type MessageAction = z.input<typeof MessageAction>;

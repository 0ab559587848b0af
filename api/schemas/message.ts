import { z } from 'zod';
import { ENTITY_KINDS, NEXT_ACTIONS, SENTIMENTS } from '../../src/domain/analysis.ts';
import { AUTOMATIC_KINDS, MESSAGE_STATES, OUTCOMES, STAGES } from '../../src/domain/message.ts';
import { PRIORITIES } from '../../src/domain/priority.ts';
import { TRUST_LEVELS } from '../../src/domain/threat.ts';
import { Address } from './address.ts';
import { Draft } from './draft.ts';
import { instant } from './instant.ts';
import { MessageBody } from './message-body.ts';
import { page, pageQuery } from './page.ts';
import { text } from './text.ts';

const count = z.number().int();
const SureFrom = z
  .object({
    threshold: z.number().describe('From this confidence on a decision counts as sure; 1: none does'),
    targetError: z.number().describe('Share of the sure ones that may be wrong'),
    error: z.number().describe('Share that was wrong'),
    coverage: z.number().describe('Share of all rows that were sure'),
    rows: z.number().int().describe('How many were measured'),
  })
  .nullable()
  .describe('Measured on rows held aside; null: not measured, MODEL_THRESHOLD counts')
  .meta({ id: 'SureFrom' });
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
    answerDue: instant.nullable().describe('Until when it is to be answered; null: nobody set a time'),
    summaryLine: z.string().nullable(),
    needsPerson: z.string().nullable().describe('What a person has to decide; null: nothing'),
    language: z.string().nullable(),
    automatic: z.enum(AUTOMATIC_KINDS).nullable(),
    attachmentCount: count,
  })
  .meta({ id: 'Message' });

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
    localVersion: z.string().nullable().describe('Of the local engine where a model read too; else null'),
    ruleVersion: z.string().nullable().describe('Of rules and sender patterns'),
    pipelineVersion: z.string().nullable().describe('Of reading, routing and deciding as a whole'),
    classification: z.object({
      category: z.string(),
      confidence: z.number(),
      sureFrom: SureFrom,
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
        confidence: z.number().nullable().describe('By what the account was taught; null: taught nothing'),
        sureFrom: SureFrom,
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
  label: text(64).optional().describe('A further category, beside the one it has'),
  priority: z.enum(PRIORITIES).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  needsPerson: z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .optional()
    .describe('true: only those that a person has something to decide about'),
  overdue: z
    .literal('true')
    .transform(() => true as const)
    .optional()
    .describe('Only those whose answer was due before now and whose run has not ended'),
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

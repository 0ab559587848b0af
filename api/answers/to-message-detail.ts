import type { z } from 'zod';
import type { BouncedReply } from '../../db/bounce-store.ts';
import type { DraftRow } from '../../db/draft-store.ts';
import type { MessageDetailRow } from '../../db/message-list-store.ts';
import type { PartnerSyncRow } from '../../db/partner-sync-store.ts';
import type { AutomaticVerdict } from '../../src/domain/message.ts';
import type { Analysis, MessageDetail, Run, Threat } from '../schemas/message.ts';
import type { MessageBody } from '../schemas/message-body.ts';
import { toDraftAnswer } from './to-draft-answer.ts';
import { toEventAnswer } from './to-event-answer.ts';
import { toMessageAnswer } from './to-message-answer.ts';

interface Parts {
  readonly row: MessageDetailRow;
  readonly draft: DraftRow | undefined;
  readonly partnerSync: PartnerSyncRow | undefined;
  readonly run: z.output<typeof Run>;
  /** Our reply that this message reports as undelivered. */
  readonly bouncedReply: BouncedReply | undefined;
}

export function toMessageDetail(parts: Parts): z.output<typeof MessageDetail> {
  const { row, draft, partnerSync, run, bouncedReply } = parts;
  const { body, analysis, fromName, fromAddress, ...facts } = row;
  return {
    ...facts,
    ...toMessageAnswer(row),
    body: body && toBody(body, bouncedReply),
    analysis: analysis && toAnalysis(analysis),
    threat: toThreat(body),
    draft: draft ? toDraftAnswer(draft) : null,
    partnerSync: partnerSync ?? null,
    run,
  };
}

function toBody(
  body: NonNullable<MessageDetailRow['body']>,
  reply: BouncedReply | undefined,
): z.output<typeof MessageBody> {
  const { details } = body;
  return {
    date: details.date ?? null,
    to: [...details.to],
    cc: [...details.cc],
    replyTo: [...details.replyTo],
    inReplyTo: details.inReplyTo ?? null,
    references: [...details.references],
    text: body.text,
    visibleText: body.visibleText,
    html: body.html,
    signature: details.signature ?? null,
    forwardedFrom: details.forwardedFrom ?? null,
    automatic: toAutomatic(details.automatic, reply),
    attachments: details.attachments.map(({ content, ...item }) => ({
      ...item,
      contentId: item.contentId ?? null,
      content: content === undefined ? null : { ...content, reason: content.reason ?? null },
    })),
    pii: [...details.pii],
    events: details.events.map(toEventAnswer),
    protection: [...details.protection],
    incomplete: details.incomplete,
    warnings: [...details.warnings],
  };
}

function toAutomatic(
  { kind, reasons, bounce, feedback }: AutomaticVerdict,
  reply: BouncedReply | undefined,
): z.output<typeof MessageBody>['automatic'] {
  return {
    kind,
    reasons: [...reasons],
    bounce:
      bounce === undefined
        ? null
        : {
            recipients: [...bounce.recipients],
            originalMessageId: bounce.originalMessageId ?? null,
            reply: reply ?? null,
          },
    feedback:
      feedback === undefined
        ? null
        : {
            type: feedback.type,
            originalRecipient: feedback.originalRecipient ?? null,
            originalMessageId: feedback.originalMessageId ?? null,
          },
  };
}

function toThreat(body: MessageDetailRow['body']): z.output<typeof Threat> | null {
  const threat = body?.details.threat;
  return threat === undefined ? null : { ...threat, symbols: [...threat.symbols] };
}

function toAnalysis(analysis: NonNullable<MessageDetailRow['analysis']>): z.output<typeof Analysis> {
  const { provenance, classification, priority, summary, findings } = analysis;
  return {
    ...provenance,
    model: provenance.model ?? null,
    promptVersion: provenance.promptVersion ?? null,
    localVersion: provenance.localVersion ?? null,
    ruleVersion: provenance.ruleVersion ?? null,
    pipelineVersion: provenance.pipelineVersion ?? null,
    classification: {
      ...classification,
      sureFrom: classification.sureFrom ?? null,
      reasons: [...classification.reasons],
      alternatives: [...classification.alternatives],
      labels: [...(classification.labels ?? [])],
      needsAction: classification.needsAction ?? null,
      needsActionReasons: [...(classification.needsActionReasons ?? [])],
      needsPerson: classification.needsPerson ?? null,
    },
    priority: priority && {
      ...priority,
      confidence: priority.confidence ?? null,
      sureFrom: priority.sureFrom ?? null,
      reasons: [...priority.reasons],
      needsPerson: priority.needsPerson ?? null,
    },
    summary: summary && {
      line: summary.line,
      points: summary.points.map(({ text, from }) => ({ text, from: from ?? null })),
    },
    findings: findings && {
      ...findings,
      entities: [...findings.entities],
      sentiment: { ...findings.sentiment, reasons: [...findings.sentiment.reasons] },
    },
  };
}

import type { z } from 'zod';
import type { DraftRow } from '../../db/draft-store.ts';
import type { MessageDetailRow } from '../../db/message-list-store.ts';
import type { PartnerSyncRow } from '../../db/partner-sync-store.ts';
import type { Analysis, MessageBody, MessageDetail, Run, Threat } from '../schemas/message.ts';
import { toDraftAnswer } from './to-draft-answer.ts';
import { toEventAnswer } from './to-event-answer.ts';
import { toMessageAnswer } from './to-message-answer.ts';

interface Parts {
  readonly row: MessageDetailRow;
  readonly draft: DraftRow | undefined;
  readonly partnerSync: PartnerSyncRow | undefined;
  readonly run: z.output<typeof Run>;
}

export function toMessageDetail({ row, draft, partnerSync, run }: Parts): z.output<typeof MessageDetail> {
  const { body, analysis, fromName, fromAddress, ...facts } = row;
  return {
    ...facts,
    ...toMessageAnswer(row),
    body: body && toBody(body),
    analysis: analysis && toAnalysis(analysis),
    threat: toThreat(body),
    draft: draft ? toDraftAnswer(draft) : null,
    partnerSync: partnerSync ?? null,
    run,
  };
}

function toBody(body: NonNullable<MessageDetailRow['body']>): z.output<typeof MessageBody> {
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
    automatic: { kind: details.automatic.kind, reasons: [...details.automatic.reasons] },
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
    classification: {
      ...classification,
      reasons: [...classification.reasons],
      alternatives: [...classification.alternatives],
      labels: [...(classification.labels ?? [])],
      needsAction: classification.needsAction ?? null,
      needsActionReasons: [...(classification.needsActionReasons ?? [])],
      needsPerson: classification.needsPerson ?? null,
    },
    priority: priority && {
      ...priority,
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

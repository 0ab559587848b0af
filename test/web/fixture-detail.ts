import { Conversation, type Message, MessageDetail } from '../../api/schemas/message.ts';
import { EVENT, toAutomatic, toBounces, toThreat } from './fixture-marks.ts';
import { ago, messages } from './fixture-messages.ts';

const TEMPORAL = 'http://127.0.0.1:8233/namespaces/default/workflows';
const ORIGINAL = `Harborline,

Fleet portal has been down since 05:40 GMT. HTTP 503 on login, API times out after 30 s, mobile app shows stale positions for all 14 crew boats.

First crew transfer to the wind farm is at 07:00. Without live tracking the marine coordinator will not release the boats. Every hour of standby costs us about GBP 6,000.

Need a call back NOW: +44 1632 960733.

Duty Officer
Solent Crew Boats`;
const SIGNATURE = `Duty Officer
Solent Crew Boats`;
const QUOTE = `

> On Mon, Harborline Support wrote:
> The maintenance of the fleet portal is finished. All services are back.`;
/** What no server should let through: the page must load none of it and log no refusal. */
const HOSTILE =
  '<p style="color:#b00"><b>Fleet portal has been down</b> since 05:40 GMT.</p><img src="https://tracker.invalid/pixel.gif" alt="[pixel]"><img src="cid:part1"><script>document.title="owned"</script><table border="1" cellpadding="4"><tr><td bgcolor="#eeeeee">Vessel</td><td onclick="alert(1)">Last fix</td></tr><tr><td>Solent Runner</td><td>05:38</td></tr></table><p>Write <code>style=bold</code> in <a href="https://portal.invalid/">the portal</a>.</p>';

export const DRAFT_HASH = '5f'.repeat(32);

/** Any message in full; the first one with everything that there is to show. */
export function toDetail(message: Message): MessageDetail {
  const isDecided = message.state === 'awaiting-approval' || message.outcome === 'sent';
  const detail: MessageDetail = {
    ...message,
    note:
      message.state === 'quarantined' ? 'Unavailable: Odoo did not answer within 30 s, 3 attempts.' : null,
    priorityBy: null,
    messageIdHeader: `c1e7f1e4eeb886d0@${message.from.address.split('@')[1]}`,
    size: 48_213,
    sourceSha256: '9c1f'.repeat(16),
    label: 'sample-mailbox/42-en-outage.eml',
    parkedAt: message.receivedAt,
    settledAt: message.state === 'settled' ? message.receivedAt : null,
    inlineAnswers: false,
    threat: toThreat(message),
    body: toBody(message),
    analysis: toAnalysis(message),
    draft: isDecided ? toDraft(message) : null,
    partnerSync: {
      model: 'crm.lead',
      partnerId: 41,
      partnerCreated: true,
      recordId: 318,
      externalKey: `mailroom.${message.id}`,
      url: 'http://127.0.0.1:8069/odoo/crm/318',
    },
    run: {
      workflowId: `message/${message.accountId}/${message.id}`,
      workflowUrl: `${TEMPORAL}/message%2F${message.accountId}%2F${message.id}`,
      status: message.state === 'settled' ? 'none' : 'running',
      stage: message.state === 'awaiting-approval' ? 'approval' : null,
      waitingFor: message.state === 'awaiting-approval' ? 'approval' : null,
      problem: null,
    },
  };
  MessageDetail.parse(detail);
  return detail;
}

function toBody(message: Message): MessageDetail['body'] {
  const phone = ORIGINAL.indexOf('+44');
  const file = {
    content: null,
    disposition: 'attachment' as const,
    contentId: null,
    sha256: 'ab'.repeat(32),
  };
  return {
    date: message.receivedAt,
    to: [{ name: 'Harborline Support', address: 'support@harborline.example' }],
    cc: [],
    replyTo: [],
    inReplyTo: null,
    references: [],
    text: ORIGINAL + QUOTE,
    visibleText: ORIGINAL,
    html: HOSTILE,
    signature: SIGNATURE,
    forwardedFrom: null,
    automatic: toAutomatic(message),
    attachments: [
      { ...file, filename: 'vessel-positions.csv', contentType: 'text/csv', size: 18_220 },
      { ...file, filename: 'portal-error.png', contentType: 'image/png', size: 241_904 },
    ].slice(0, message.attachmentCount),
    pii: [{ kind: 'phone', start: phone, end: phone + '+44 1632 960733'.length }],
    events: message.category === 'meeting' ? [EVENT] : [],
    protection: message.category === 'meeting' ? ['smime-signed'] : [],
    incomplete: message.category === 'phishing',
    warnings: message.state === 'quarantined' ? ['charset "x-unknown" unknown, read as windows-1252'] : [],
  };
}

function spanOf(words: string) {
  const start = ORIGINAL.indexOf(words);
  return { in: 'visibleText' as const, start, end: start + words.length };
}

function toAnalysis(message: Message): MessageDetail['analysis'] {
  return {
    engine: 'local',
    engineVersion: '1.0.0',
    model: null,
    promptVersion: null,
    localVersion: null,
    taxonomyVersion: '3f9a1c20',
    ruleVersion: '1',
    pipelineVersion: '1',
    classification: {
      category: message.category ?? 'other',
      sureFrom: null,
      confidence: message.confidence ?? 0.5,
      reasons: [
        { text: '"portal down" in the subject', weight: 2.4 },
        { text: '"HTTP 503" in the text', weight: 1.6 },
        { text: '"since 05:40" names when it began', weight: 0.7 },
        { text: 'a person wrote it', weight: -0.4 },
      ],
      alternatives: [
        { category: 'technical-support', confidence: 0.05 },
        { category: 'complaint', confidence: 0.02 },
      ],
      labels: message.category === 'outage' ? [{ category: 'complaint', confidence: 0.3 }] : [],
      needsAction: null,
      needsActionReasons: [],
      needsPerson: null,
    },
    priority: {
      priority: message.priority ?? 'NORMAL',
      reasons: [
        { text: 'Outage starts at urgent', weight: 3 },
        { text: 'asks for an answer at once ("call back NOW")', weight: 1 },
        { text: 'names a loss by the hour ("GBP 6,000")', weight: 0.5 },
      ],
      confidence: null,
      sureFrom: null,
      needsPerson: null,
    },
    summary: {
      line: message.summaryLine ?? '',
      points: [
        {
          text: 'HTTP 503 on login, the API times out after 30 s, 14 crew boats show stale positions.',
          from: spanOf(ORIGINAL.slice(ORIGINAL.indexOf('HTTP'), ORIGINAL.indexOf('\n\nFirst'))),
        },
        {
          text: 'Every hour of standby costs us about GBP 6,000.',
          from: spanOf('Every hour of standby costs us about GBP 6,000.'),
        },
        { text: 'Wants a call back now.', from: null },
      ],
    },
    findings: {
      entities: [{ ...spanOf('GBP 6,000'), kind: 'amount', text: 'GBP 6,000', value: '6000.00 GBP' }],
      sentiment: { score: -0.42, label: 'negative', reasons: [{ text: '"stale"', weight: -1 }] },
      nextAction: { action: 'handle-now', reason: 'something does not work that others wait for' },
    },
  };
}

function toDraft(message: Message): NonNullable<MessageDetail['draft']> {
  const isSent = message.outcome === 'sent';
  const decided = isSent ? ago(1) : null;
  return {
    id: `d-${message.id}`,
    messageId: message.id,
    accountId: message.accountId,
    state: isSent ? 'approved' : 'pending',
    from: { name: 'Harborline Support', address: 'support@harborline.example' },
    to: [message.from],
    cc: [],
    subject: `Re: ${message.subject}`,
    text: `Hello,\n\nthank you for your message. We have read it as an outage of the fleet portal and put it at the top of our list: a technician looks at it now and calls you back on the number you gave.\n\nKind regards\nHarborline Support`,
    inReplyTo: null,
    references: [],
    hash: DRAFT_HASH,
    automatic: false,
    decidedBy: isSent ? 'web' : null,
    decidedAt: decided,
    createdAt: message.receivedAt,
    bounces: toBounces(message),
    delivery: isSent
      ? {
          id: 'v1',
          state: 'SENT',
          messageIdHeader: '<0190.a1b2@harborline.example>',
          attempts: 1,
          response: '250 2.0.0 Ok: queued as 4F2A1',
          updatedAt: ago(0.5),
        }
      : null,
  };
}

export function toConversation(message: Message): Conversation {
  const siblings = message.id === 'm0001' ? [messages[20], messages[7], message] : [message];
  const conversation: Conversation = {
    conversationId: message.conversationId,
    items: siblings.filter((item) => item !== undefined),
  };
  Conversation.parse(conversation);
  return conversation;
}

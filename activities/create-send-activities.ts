import type { DeliveryRow, DraftRow } from '../db/draft-store.ts';
import type { DeliverFacts, SendActivities } from '../src/contract/activities.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Sender, SendRequest, SendResult } from '../src/mail/smtp/sender.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';

/** Sends an approved draft at most once. */
export function createSendActivities(deps: ActivityDependencies): SendActivities {
  return {
    async deliverDraft({ draftId }) {
      const { sender, drafts } = deps;
      const draft = await drafts.get(draftId);
      if (draft.state !== 'approved')
        throw new ServiceError('Conflict', `The draft is ${draft.state}, not approved`);
      if (sender === undefined) {
        throw new ServiceError('Rejected', 'SMTP is not configured on this worker', {
          fix: 'Set SMTP_HOST, then retry the message.',
        });
      }
      const delivery = await drafts.intend(
        draftId,
        `delivery-${draftId}`,
        deps.mintMessageId(draft.from.address),
      );
      const settled = await findSettled(deps, delivery);
      if (settled !== undefined) return settled;
      return withHeartbeat((signal) => send(deps, sender, draft, delivery, signal));
    },
  };
}

/** What earlier attempts came to; undefined when nothing has left yet. */
async function findSettled(
  deps: ActivityDependencies,
  delivery: DeliveryRow,
): Promise<DeliverFacts | undefined> {
  switch (delivery.state) {
    case 'SENT':
    case 'UNKNOWN':
      return { state: delivery.state };
    case 'FAILED':
      throw new ServiceError('Rejected', delivery.response ?? 'The mail server refused the message');
    case 'SENDING': {
      // An attempt was cut between its commit and its answer: it may have arrived, so it is never sent again.
      const given = await deps.drafts.moveDelivery(delivery.id, 'SENDING', 'UNKNOWN', {
        response: 'The worker stopped while the message was on its way',
      });
      if (given) return { state: 'UNKNOWN' };
      // It was only slow, and has answered in this very moment.
      const { delivery: settled } = await deps.drafts.get(delivery.draftId);
      return settled === undefined ? undefined : findSettled(deps, settled);
    }
    case 'INTENT':
      return undefined;
  }
}

async function send(
  deps: ActivityDependencies,
  sender: Sender,
  draft: DraftRow,
  { id, messageIdHeader }: DeliveryRow,
  signal: AbortSignal,
): Promise<DeliverFacts> {
  const mine = await deps.drafts.moveDelivery(id, 'INTENT', 'SENDING');
  if (!mine)
    throw new ServiceError('Unavailable', 'Another attempt is sending this draft', { retryAfterMs: 30_000 });
  let result: SendResult;
  try {
    result = await deps.guard('send', () => sendOnce(sender, { draft, messageIdHeader, signal }));
  } catch (error) {
    // The port promises: when it throws, nothing was sent.
    if (error instanceof ServiceError) await deps.drafts.moveDelivery(id, 'SENDING', 'INTENT');
    throw error;
  }
  return settle(deps, draft.id, id, result);
}

/** A server that does not answer opens the breaker; one that asks to come back has answered. */
async function sendOnce(sender: Sender, request: SendRequest): Promise<SendResult> {
  const result = await sender.send(request);
  if (result.kind === 'deferred' && result.offline === true)
    throw new ServiceError('Unavailable', result.reason);
  return result;
}

async function settle(
  deps: ActivityDependencies,
  draftId: string,
  id: string,
  result: SendResult,
): Promise<DeliverFacts> {
  const { drafts } = deps;
  switch (result.kind) {
    case 'sent':
      await moveToEnd(deps, draftId, id, 'SENT', result.response);
      return { state: 'SENT' };
    case 'unknown':
      await drafts.moveDelivery(id, 'SENDING', 'UNKNOWN', { response: result.reason });
      return { state: 'UNKNOWN' };
    case 'refused':
      await moveToEnd(deps, draftId, id, 'FAILED', result.response);
      throw new ServiceError('Rejected', `The mail server refused the message (${result.code})`);
    case 'deferred':
      await drafts.moveDelivery(id, 'SENDING', 'INTENT', { response: result.reason });
      throw new ServiceError('Unavailable', `The mail server asks to try later: ${result.reason}`, {
        ...(result.retryAfterMs === undefined ? {} : { retryAfterMs: result.retryAfterMs }),
      });
  }
}

/** A slow attempt may have been given up as UNKNOWN meanwhile; its answer settles it, and its message. */
async function moveToEnd(
  { drafts }: ActivityDependencies,
  draftId: string,
  id: string,
  to: 'SENT' | 'FAILED',
  response: string,
): Promise<void> {
  if (await drafts.moveDelivery(id, 'SENDING', to, { response })) return;
  try {
    await drafts.settleUnknown(draftId, to, 'the mail server');
  } catch (error) {
    // A person was faster.
    if (!(error instanceof ServiceError && error.type === 'Conflict')) throw error;
  }
}

import type { DeliveryRow, DraftRow, DraftStore } from '../../../db/draft-store.ts';
import { canMoveDelivery, type DeliveryState } from '../../../src/domain/delivery.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { fakeStore } from './fake-store.ts';

export const DRAFT: DraftRow = {
  id: 'draft-1',
  messageId: 'm1',
  accountId: 'sales',
  state: 'approved',
  from: { name: 'Sales', address: 'sales@example.org' },
  to: [{ name: 'Ada', address: 'ada@example.com' }],
  cc: [],
  subject: 'Re: Offer',
  text: 'Thank you.',
  inReplyTo: 'a@example.com',
  references: ['a@example.com'],
  hash: 'hash-1',
  automatic: false,
  decidedBy: 'ada',
  decidedAt: new Date(),
  createdAt: new Date(),
  delivery: undefined,
  bounces: [],
};

export type FakeDrafts = ReturnType<typeof createFakeDrafts>;

/** Drafts and deliveries in memory, with the rules of the real store. `moves` tells what happened, in order. */
export function createFakeDrafts(facts: Partial<DraftRow> = {}) {
  const rows = new Map<string, DraftRow>([[DRAFT.id, { ...DRAFT, ...facts }]]);
  const deliveries = new Map<string, DeliveryRow>();
  const moves: string[] = [];
  const get = (id: string): DraftRow => {
    const row = rows.get(id);
    if (row === undefined) throw new ServiceError('NotFound', `There is no draft "${id}"`);
    return { ...row, delivery: [...deliveries.values()].find(({ draftId }) => draftId === id) };
  };
  const store = fakeStore<DraftStore>('drafts', {
    get: async (id) => get(id),
    async propose(draft) {
      const known = [...rows.values()].find(({ messageId }) => messageId === draft.messageId);
      if (known === undefined) {
        rows.set(draft.id, { ...DRAFT, ...draft, decidedBy: undefined, decidedAt: undefined });
      }
      const { id, state, hash } = known ?? draft;
      return { id, state, hash };
    },
    async decide(id, hash, state) {
      const row = get(id);
      if (row.hash !== hash) throw new ServiceError('Conflict', 'The draft was changed after you saw it');
      if (row.state !== 'pending' && state === 'expired') return row.state;
      if (row.state !== 'pending' && row.state !== state)
        throw new ServiceError('Conflict', `The draft is ${row.state} already`);
      rows.set(id, { ...row, state });
      return state;
    },
    async intend(draftId, id, messageIdHeader) {
      const known = [...deliveries.values()].find((each) => each.draftId === draftId);
      if (known !== undefined) return known;
      const fresh: DeliveryRow = {
        id,
        draftId,
        messageIdHeader,
        state: 'INTENT',
        attempts: 0,
        response: undefined,
        updatedAt: new Date(),
      };
      deliveries.set(id, fresh);
      return fresh;
    },
    async moveDelivery(id, from, to, { response } = {}) {
      if (!canMoveDelivery(from, to)) throw new ServiceError('Internal', `No way from ${from} to ${to}`);
      const row = deliveries.get(id);
      if (row?.state !== from) return false;
      moves.push(`${from} ${to}`);
      deliveries.set(id, {
        ...row,
        state: to,
        attempts: row.attempts + (to === 'SENDING' ? 1 : 0),
        response: response ?? row.response,
      });
      return true;
    },

    async settleUnknown(draftId, to) {
      const row = [...deliveries.values()].find((one) => one.draftId === draftId);
      if (row?.state !== 'UNKNOWN')
        throw new ServiceError('Conflict', 'Only an UNKNOWN delivery can be settled');
      moves.push(`UNKNOWN ${to}`);
      deliveries.set(row.id, { ...row, state: to });
    },
  });
  return {
    store,
    moves,
    rows,
    get delivery(): DeliveryRow | undefined {
      return [...deliveries.values()][0];
    },
    /** As a killed or concurrent attempt leaves it. */
    leave(state: DeliveryState, response?: string) {
      deliveries.set('delivery-draft-1', {
        id: 'delivery-draft-1',
        draftId: DRAFT.id,
        messageIdHeader: 'minted-earlier@example.org',
        state,
        attempts: 1,
        response,
        updatedAt: new Date(),
      });
    },
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMoveDelivery, DELIVERY_STATES, type DeliveryState } from '../../../src/domain/delivery.ts';

const state = fc.constantFrom(...DELIVERY_STATES);

describe('the moves of a delivery', () => {
  it('never leave an end', () => {
    for (const to of DELIVERY_STATES) {
      expect(canMoveDelivery('SENT', to)).toBe(false);
      expect(canMoveDelivery('FAILED', to)).toBe(false);
    }
  });

  it('lead to SENT only through SENDING', () => {
    const into = DELIVERY_STATES.filter((from) => canMoveDelivery(from, 'SENT'));
    expect(into).toEqual(['SENDING', 'UNKNOWN']);
    expect(DELIVERY_STATES.filter((from) => canMoveDelivery(from, 'UNKNOWN'))).toEqual(['SENDING']);
  });

  it('whatever is tried, never send again what is unknown or at an end', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (tried) => {
        let now: DeliveryState = 'INTENT';
        let doubtful = false;
        for (const to of tried) {
          if (!canMoveDelivery(now, to)) continue;
          if (to === 'SENDING') expect(doubtful).toBe(false);
          now = to;
          doubtful ||= ['SENT', 'UNKNOWN', 'FAILED'].includes(to);
        }
      }),
    );
  });

  it('are no moves when nothing changes', () => {
    for (const each of DELIVERY_STATES) expect(canMoveDelivery(each, each)).toBe(false);
  });
});

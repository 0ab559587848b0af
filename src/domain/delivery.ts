/**
 * One send of a draft. SENDING is committed before the socket opens; a cut after the final dot leaves UNKNOWN,
 * settled by looking for the Message-ID or by a person, never by sending again.
 */
export const DELIVERY_STATES = ['INTENT', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const NEXT: Record<DeliveryState, readonly DeliveryState[]> = {
  INTENT: ['SENDING', 'FAILED'],
  SENDING: ['SENT', 'UNKNOWN', 'FAILED', 'INTENT'],
  UNKNOWN: ['SENT', 'FAILED'],
  SENT: [],
  FAILED: [],
};

export function canMoveDelivery(from: DeliveryState, to: DeliveryState): boolean {
  return NEXT[from].includes(to);
}

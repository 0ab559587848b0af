import { createHash } from 'node:crypto';
import type { MailboxItem } from '../mailbox.ts';

export interface FaultFacts {
  /** For a person: a file name, with its line or byte. */
  readonly label: string;
  readonly reason: string;
  /** `sha256:` of the bytes when they could be read; else the item is known by its label. */
  readonly key?: string | undefined;
  readonly size?: number;
  readonly type?: 'InvalidInput' | 'NotFound';
}

/** An item that goes to quarantine: accounted for, never loaded. */
export function toFaultItem(facts: FaultFacts): MailboxItem {
  const unread = `unread:${createHash('sha256').update(facts.label).digest('hex')}`;
  return {
    providerKey: facts.key ?? unread,
    raw: undefined,
    size: facts.size ?? 0,
    receivedAt: undefined,
    label: facts.label,
    fault: { type: facts.type ?? 'InvalidInput', reason: facts.reason },
  };
}

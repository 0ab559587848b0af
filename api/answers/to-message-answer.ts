import type { z } from 'zod';
import type { MessageListRow } from '../../db/message-list-store.ts';
import type { Message } from '../schemas/message.ts';

export function toMessageAnswer(row: MessageListRow): z.output<typeof Message> {
  const { fromName, fromAddress, ...rest } = row;
  return { ...rest, from: { name: fromName, address: fromAddress } };
}

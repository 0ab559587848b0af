import { z } from 'zod';

/** cloud.google.com/pubsub/docs/push: one message, its data in base64. */
export const PubSubPush = z.object({
  message: z.object({
    data: z.string().min(1).max(4_096),
    messageId: z.string().min(1).max(200),
  }),
});

/** developers.google.com/workspace/gmail/api/guides/push, within that data. */
export const GmailNotification = z.object({
  emailAddress: z.string().min(3).max(320),
  historyId: z.union([z.number(), z.string().max(20)]),
});

import { z } from 'zod';

/** Far more than Graph sends at once. */
const MAX_NOTIFICATIONS = 500;
const Short = z.string().max(200);
const Long = z.string().max(2_000);

/** learn.microsoft.com/graph/api/resources/changenotificationcollection; each is checked by itself. */
export const GraphNotifications = z.object({ value: z.array(z.unknown()).max(MAX_NOTIFICATIONS) });

/** learn.microsoft.com/graph/api/resources/changenotification, as far as it is used. */
export const GraphNotification = z.object({
  subscriptionId: Short,
  clientState: Short.nullish(),
  changeType: Short.nullish(),
  resourceData: z
    .object({ id: Long.nullish(), '@odata.etag': Long.nullish(), sequenceNumber: z.number().nullish() })
    .nullish(),
  lifecycleEvent: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).nullish(),
});
export type GraphNotification = z.infer<typeof GraphNotification>;

/** Sent once when a subscription is made; Graph wants it back. */
export const GraphHandshake = z.object({ validationToken: z.string().min(1).max(1_024).optional() });

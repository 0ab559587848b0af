import { z } from 'zod';
import { BOUNCE_REASONS } from '../../src/domain/bounce.ts';
import { DELIVERY_STATES } from '../../src/domain/delivery.ts';
import { DRAFT_STATES } from '../../src/domain/draft.ts';
import { instant } from './instant.ts';
import { page, pageQuery } from './page.ts';

const Address = z.object({ name: z.string(), address: z.string() });

export const Delivery = z
  .object({
    id: z.string(),
    state: z.enum(DELIVERY_STATES),
    messageIdHeader: z.string(),
    attempts: z.number().int(),
    response: z.string().nullable(),
    updatedAt: instant,
  })
  .meta({ id: 'Delivery' });

export const BouncedRecipient = z
  .object({
    address: z.string().describe('Empty when the report names nobody'),
    status: z.string().describe('RFC 3463; x.0.9nn when it was derived from the reason'),
    reason: z.enum(BOUNCE_REASONS),
    hard: z.boolean().describe('Another attempt is futile'),
  })
  .meta({ id: 'BouncedRecipient' });

export const Draft = z
  .object({
    id: z.string(),
    messageId: z.string(),
    accountId: z.string(),
    state: z.enum(DRAFT_STATES),
    from: Address,
    to: z.array(Address),
    cc: z.array(Address),
    subject: z.string(),
    text: z.string(),
    inReplyTo: z.string().nullable(),
    references: z.array(z.string()),
    hash: z.string().describe('Give it back with a decision: it names the text that you saw'),
    automatic: z.boolean(),
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    createdAt: instant,
    delivery: Delivery.nullable(),
    bounces: z
      .array(z.object({ messageId: z.string(), reportedAt: instant, recipients: z.array(BouncedRecipient) }))
      .describe('Reports that the delivery came back, by its Message-ID; its state stays SENT'),
  })
  .meta({ id: 'Draft' });

export const DraftPage = page(Draft);

export const DraftQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(DRAFT_STATES).optional(),
  deliveryState: z.enum(DELIVERY_STATES).optional(),
});

/** A user id, never an address: it is kept in the run's history. */
const by = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a user id: letters, digits, dot, dash or underscore')
  .default('api');

export const DecisionBody = z
  .strictObject({
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the `hash` of the draft that you read'),
    by,
  })
  .meta({ id: 'DecisionBody', examples: [{ hash: 'a'.repeat(64), by: 'ada' }] });

export const SettleBody = z
  .strictObject({
    arrived: z.boolean().describe('You looked: the message is in the recipient’s mailbox'),
    by,
  })
  .meta({ id: 'SettleBody', examples: [{ arrived: true }] });

/** As JSON on the wire. */
export type Draft = z.input<typeof Draft>;
export type DraftPage = z.input<typeof DraftPage>;

import { z } from 'zod';

const address = z.union(
  [
    z.string().max(1_000),
    z.strictObject({ name: z.string().max(500).optional(), address: z.string().max(500) }),
  ],
  { error: 'must be an address, or {name, address}' },
);
const addresses = z.union([address, z.array(address).max(1_000)], {
  error: 'must be an address, {name, address}, or a list of them',
});
const line = z.string().max(10_000);

/** One message: `raw`, or `rawBase64`, or its fields; the same shape as a line of an NDJSON import. */
export const StructuredMessage = z
  .strictObject({
    raw: z.string().optional().describe('RFC 5322 text'),
    rawBase64: z.string().optional().describe('RFC 5322 bytes in base64'),
    from: addresses.optional(),
    to: addresses.optional(),
    cc: addresses.optional(),
    subject: line.optional(),
    text: z.string().optional(),
    html: z.string().optional(),
    date: line.optional().describe('ISO 8601 or RFC 5322'),
    messageId: line.optional(),
    inReplyTo: line.optional(),
    references: z
      .union([line, z.array(line).max(1_000)], { error: 'must be text, or a list of at most 1000' })
      .optional(),
    attachments: z
      .array(
        z.strictObject({
          filename: line.optional(),
          contentType: line.optional(),
          contentBase64: z.string(),
        }),
      )
      .max(200)
      .optional(),
  })
  .refine(hasOneForm, {
    path: ['raw'],
    error: 'give either raw, or rawBase64, or fields such as from and text',
  })
  .meta({ id: 'StructuredMessage' });

function hasOneForm({ raw, rawBase64, ...fields }: object & { raw?: unknown; rawBase64?: unknown }): boolean {
  const structured = Object.values(fields).some((value) => value !== undefined);
  return [raw !== undefined, rawBase64 !== undefined, structured].filter(Boolean).length === 1;
}

import { z } from 'zod';

/** A Date in the code, ISO 8601 in UTC on the wire. */
export const instant = z
  .codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta({ examples: ['2025-03-14T09:26:53.000Z'] });

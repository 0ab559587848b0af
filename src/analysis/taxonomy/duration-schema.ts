import { z } from 'zod';

const MINUTES = { m: 1, h: 60, d: 1440 } as const;
const MOST_DAYS = 90;

/** `30m`, `4h`, `2d` of the clock, at most 90 days: whole minutes come out. */
export const durationSchema = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, 'must be a time as `30m`, `4h` or `2d`')
  .transform((text) => Number(text.slice(0, -1)) * MINUTES[text.slice(-1) as keyof typeof MINUTES])
  .refine((minutes) => minutes <= MOST_DAYS * MINUTES.d, `must be at most \`${MOST_DAYS}d\``);

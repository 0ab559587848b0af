import { z } from 'zod';

/** A line of text from outside: bounded, and without NUL, which PostgreSQL cannot store. */
export function text(maxLength: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine((value) => !value.includes('\0'), 'must not hold NUL characters');
}

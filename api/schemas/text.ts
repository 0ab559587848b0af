import { z } from 'zod';

/** Text from outside: bounded, and without NUL, which PostgreSQL cannot store. */
export function text(maxLength: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine((value) => !value.includes('\0'), 'must not hold NUL characters');
}

/** Text of one line: a name that goes into a protocol or a header. */
export function line(maxLength: number) {
  return text(maxLength).refine(
    (value) => !/\p{Cc}/u.test(value),
    'must be one line without control characters',
  );
}

import { maskSecret } from '../domain/mask-secret.ts';
import { cleanLine } from './clean-line.ts';

/** One line of the other side's text, fit for a log: our secret and all addresses blanked out, at most 300 characters. */
export function redact(text: string, secret: string): string {
  const line = maskSecret(text, secret);
  return cleanLine(line, 300).replace(/[^\s@<>'"]{1,64}@[^\s@<>'"]{1,255}/g, '<address>');
}

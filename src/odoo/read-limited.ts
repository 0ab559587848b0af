import { ServiceError } from '../domain/service-error.ts';

/** The body as text; throws `OutputInvalid` once it is over `maxBytes`. */
export async function readLimited(answer: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of answer.body ?? []) {
    total += chunk.length;
    if (total > maxBytes) throw new ServiceError('OutputInvalid', `Odoo's answer is over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

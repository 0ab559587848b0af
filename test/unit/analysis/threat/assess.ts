import { createThreatAssessor } from '../../../../src/analysis/threat/create-threat-assessor.ts';
import type { MessageView } from '../../../../src/domain/message.ts';
import type { Threat } from '../../../../src/domain/threat.ts';
import { DEFAULT_READ_LIMITS } from '../../../../src/mail/parse/read-limits.ts';
import { readMail } from '../../../../src/mail/reader/read-mail.ts';

const judge = createThreatAssessor({ authservIds: ['mx.nordwind.example'], people: ['Ada Nordwind'] });

/** Judges a source as it would be on its way into sales@nordwind.com; `seen` is its view where files were read. */
export async function assess(lines: readonly string[], seen?: MessageView): Promise<Threat> {
  const raw = Buffer.from(lines.join('\r\n'));
  const { view, facts } = readMail(raw, DEFAULT_READ_LIMITS);
  const account = { name: 'Sales', address: 'sales@nordwind.com' };
  return judge(facts, seen ?? view, account);
}

export const namesOf = ({ symbols }: Threat): string[] => symbols.map(({ name }) => name);

/** A plain letter of a customer; `header` lines come first, `from` may be another. */
export function letter(
  text: string,
  { header = [], from = 'Eva Lind <eva@lindverlag.de>', subject = 'Delivery' } = {} as {
    header?: readonly string[];
    from?: string;
    subject?: string;
  },
): string[] {
  return [
    ...header,
    `From: ${from}`,
    'To: sales@nordwind.com',
    `Subject: ${subject}`,
    'Date: Mon, 02 Nov 2026 10:00:00 +0100',
    'Message-ID: <1@lindverlag.de>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ];
}

export function page(html: string): string[] {
  const plain = letter(html);
  return plain.map((line) => line.replace('text/plain', 'text/html'));
}

export function withFile(filename: string, bytes: Uint8Array, type = 'application/octet-stream'): string[] {
  return withPart([
    `Content-Type: ${type}; name="${filename}"`,
    `Content-Disposition: attachment; filename="${filename}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(bytes).toString('base64'),
  ]);
}

/** A letter that carries a part besides its own text. */
export function withPart(part: readonly string[], own = 'Please see the file.'): string[] {
  return [
    ...letter('').slice(0, -3),
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    own,
    '--b',
    ...part,
    '--b--',
    '',
  ];
}

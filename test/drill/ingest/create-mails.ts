import { createRandom } from '../../../src/analysis/learned/create-random.ts';

export interface DrillMail {
  /** In its subject, so that it is found again: `[drill-17]`. */
  readonly token: string;
  readonly raw: Buffer;
}

const WORDS = ['the parcel', 'an invoice', 'our order', 'the login', 'a refund', 'the meeting', 'a quote'];

/** Mails that nobody answers, of 1 to 9 KB. Some lack a Message-ID and some share one: each is a message all the same. */
export function createMails(prefix: string, count: number, seed: number): DrillMail[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const token = `${prefix}-${n}`;
    const about = WORDS[Math.floor(random() * WORDS.length)] ?? 'mail';
    const roll = random();
    const id = roll < 0.02 ? [] : [`Message-ID: <${roll < 0.05 ? 'same' : token}@sender.example>`];
    const filler = 'Please let me know what you need from us to go on with it.\r\n'.repeat(
      1 + Math.floor(random() ** 3 * 150),
    );
    const lines = [
      `From: Ada ${n} <ada.${n}@sender.example>`,
      'To: desk@drill.example',
      `Subject: About ${about} [${token}]`,
      `Date: ${new Date(Date.now() - 60_000).toUTCString().replace('GMT', '+0000')}`,
      ...id,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Hello,\r\n\r\nthis is about ${about}, number ${n}.`,
      filler,
    ];
    return { token, raw: Buffer.from(lines.join('\r\n')) };
  });
}

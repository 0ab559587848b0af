import { createRandom } from '../../src/analysis/learned/create-random.ts';

interface Topic {
  readonly subject: string;
  readonly lines: readonly string[];
}

const TOPICS: readonly Topic[] = [
  {
    subject: 'Order {n} has not arrived',
    lines: [
      'I ordered a depth sounder three weeks ago (order {n}).',
      'The tracking page has not moved since Monday.',
      'Could you please tell me where the parcel is?',
    ],
  },
  {
    subject: 'Invoice {n} shows the wrong VAT',
    lines: [
      'Please find our remarks on invoice {n} below.',
      'The VAT rate should be 7 percent, not 19.',
      'We need a corrected invoice before the end of the month.',
    ],
  },
  {
    subject: 'URGENT: portal down for all users',
    lines: [
      'Since 09:15 nobody here can log in to the customer portal.',
      'All twelve colleagues see error 503.',
      'Please call me back within the hour, production is standing still.',
    ],
  },
  {
    subject: 'Rückerstattung für Bestellung {n}',
    lines: [
      'ich habe die Lieferung vor zwei Wochen zurückgeschickt.',
      'Bisher ist kein Geld auf meinem Konto angekommen.',
      'Bitte erstatten Sie den Betrag bis Freitag.',
    ],
  },
  {
    subject: 'Question sur le produit {n}',
    lines: [
      'Je voudrais savoir si ce modèle est compatible avec NMEA 2000.',
      'Pouvez-vous également me donner le délai de livraison ?',
      "Merci d'avance pour votre réponse.",
    ],
  },
  {
    subject: 'Reclamación por el pedido {n}',
    lines: [
      'El paquete llegó abierto y falta una pieza.',
      'Es la segunda vez que ocurre y estoy muy descontento.',
      'Exijo una solución antes del viernes.',
    ],
  },
  {
    subject: 'Richiesta di preventivo {n}',
    lines: [
      'vorremmo acquistare venti unità del vostro trasduttore.',
      'Potete inviarci un preventivo con i tempi di consegna?',
      'Restiamo in attesa di un vostro riscontro.',
    ],
  },
  {
    subject: 'Problema técnico com o equipamento {n}',
    lines: [
      'O visor deixou de ligar depois da atualização.',
      'Já tentei reiniciar três vezes sem sucesso.',
      'Podem ajudar-me a resolver o problema?',
    ],
  },
];

const FILLER = [
  'For your reference the serial number is on the attached label.',
  'We have been a customer since 2014 and were always content until now.',
  'The device is mounted on the bridge next to the radar.',
  'My colleague wrote to you last week about the same matter.',
  'You can reach me by phone at +49 30 1234567 between nine and five.',
];

/** One realistic customer mail of about 2 KB; `index` makes it distinct. RFC 5322, CRLF. */
export function generateMail(seed: number, index: number): Buffer {
  const random = createRandom(seed * 1_000_003 + index);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const topic = pick(TOPICS);
  const number = String(10_000 + index);
  const fill = (text: string) => text.replaceAll('{n}', number);
  const body = [
    ...topic.lines.map(fill),
    ...Array.from({ length: 12 }, () => pick(FILLER)),
    `Customer ${number}`,
  ];
  const html = `<html><body>${body.map((line) => `<p>${line}</p>`).join('')}</body></html>`;
  const boundary = `part-${seed}-${index}`;
  const date = new Date(Date.UTC(2026, 10, 1) + index * 60_000).toUTCString().replace('GMT', '+0000');
  const lines = [
    `Message-ID: <${seed}.${index}@customers.example>`,
    `Date: ${date}`,
    `From: Customer ${number} <customer-${index}@customers.example>`,
    'To: support@harborline.example',
    `Subject: ${fill(topic.subject).replace(/[^\x20-\x7e]/g, '?')}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...body,
    `--${boundary}`,
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    html,
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

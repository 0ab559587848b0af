import type { Facts } from '../../facts/facts.ts';
import { foldWords } from '../../lexicon/fold-words.ts';
import type { Evidence } from './evidence.ts';

const NAMES: readonly [category: string, weight: number, words: readonly string[]][] = [
  [
    'job-application',
    2.5,
    'cv lebenslauf resume curriculum bewerbung candidature candidatura curriculo motivation motivationsschreiben'.split(
      ' ',
    ),
  ],
  ['invoice', 1.5, 'invoice rechnung facture factura fattura fatura inv'.split(' ')],
  ['order', 1.2, 'order bestellung po commande pedido ordine encomenda auftrag'.split(' ')],
  ['legal', 1, 'contract vertrag contrat contrato contratto nda'.split(' ')],
  ['payment', 1, 'payment remittance zahlung mahnung paiement pago pagamento sepa'.split(' ')],
];
const PROGRAM = /\.(?:exe|scr|js|jse|vbs|wsf|hta|lnk|iso|img|bat|cmd|ps1|jar|docm|xlsm|one)$/i;
const PAGE = /\.(?:html?|shtml|svg)$/i;

/** A file says at its head what it is. UTF-16 units. */
const HEAD = 600;
/** Its text speaks less clearly than its name: an offer mentions the invoice to come. */
const BY_TEXT = 0.6;

/** What the attachments say by name, type and the head of their text. */
export function attachmentEvidence({ view }: Facts): Evidence[] {
  return view.attachments.slice(0, 20).flatMap(({ filename, contentType, content }) => {
    const found: Evidence[] = [];
    if (contentType === 'text/calendar' || /\.ics$/i.test(filename)) {
      found.push({ category: 'meeting', weight: 4, text: 'a calendar entry is attached' });
    }
    if (PROGRAM.test(filename)) {
      found.push({ category: 'phishing', weight: 3, text: 'an attachment can run a program' });
    } else if (PAGE.test(filename)) {
      found.push({ category: 'phishing', weight: 1.5, text: 'a web page is attached' });
    }
    const words = foldWords(filename.slice(0, 200).replace(/([a-z])(?=[A-Z0-9])/g, '$1 '));
    const head = foldWords((content?.text ?? '').slice(0, HEAD));
    for (const [category, weight, names] of NAMES) {
      const name = words.find((word) => names.includes(word));
      if (name !== undefined) found.push({ category, weight, text: `an attachment is named "${name}"` });
      const said = name === undefined ? head.find((word) => names.includes(word)) : undefined;
      if (said !== undefined)
        found.push({ category, weight: weight * BY_TEXT, text: `an attachment says "${said}"` });
    }
    return found;
  });
}

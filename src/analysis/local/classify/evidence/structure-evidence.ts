import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

const ORDER_NUMBER =
  /\b(?:order|bestellung|bestell-?nr|auftrag|commande|pedido|ordine|encomenda|po)[ :.-]{0,3}(?:n[ro°º]|number|nummer|no|num|numero|número)?[ :.°º-]{0,3}#? ?[a-z]{0,4}[-/]?\d{3,}/i;
const INVOICE_NUMBER =
  /\b(?:invoice|rechnung|facture|factura|fattura|fatura|inv|rg|re)[ :.-]{0,3}(?:n[ro°º]|number|nummer|no|num|numero|número)?[ :.°º-]{0,3}#? ?[a-z]{0,4}[-/]?\d{3,}/i;
const QUANTITY =
  /(?:^|[\s(-])\d{1,5} ?(?:x|×|pcs|pieces|units|stk|stück|st\.|pi[eè]ces|unit[eé]s|uds?|unidades|pz|pezzi|un\.) ?[\s\p{L}]/giu;
const HEAD = 4000;

/** What numbers and lists say: a known order or invoice, quantities of goods, an IBAN. */
export function structureEvidence({ subject, body, view }: Facts): Evidence[] {
  const text = `${subject.text}\n${body.text.slice(0, HEAD)}`;
  const found: Evidence[] = [];
  if (ORDER_NUMBER.test(text)) {
    found.push({ category: 'order-status', weight: 0.7, text: 'names an order number' });
    found.push({ category: 'order', weight: 0.4, text: 'names an order number' });
  }
  if (INVOICE_NUMBER.test(text)) {
    found.push({ category: 'invoice', weight: 0.8, text: 'names an invoice number' });
    found.push({ category: 'payment', weight: 0.6, text: 'names an invoice number' });
  }
  const quantities = [...text.matchAll(QUANTITY)].length;
  if (quantities > 0) {
    const weight = Math.min(1.6, 0.6 * quantities);
    found.push({ category: 'order', weight, text: 'lists quantities of goods' });
  }
  if (view.pii.some((span) => span.kind === 'iban')) {
    found.push({ category: 'payment', weight: 0.6, text: 'holds bank details' });
  }
  return found;
}

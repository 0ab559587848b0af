import type { EntityKind } from '../../../domain/analysis.ts';

export interface FoundText {
  readonly kind: EntityKind;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

type NumberKind = Extract<EntityKind, 'order' | 'invoice' | 'ticket'>;

/** What such a number is called in en, de, fr, es, it and pt. */
const NAMES: Readonly<Record<NumberKind, string>> = {
  order:
    'purchase order|order|p\\.?o\\.?|bestell(?:ung|nummer|nr)|auftrag(?:s(?:nummer|nr))?|bon de commande|commande|pedido|orden(?: de compra)?|ordine|encomenda',
  invoice: 'invoice|inv|rechnung(?:s(?:nummer|nr))?|facture|factura|fattura|fatura|mahnung|credit note',
  ticket:
    'ticket|case|incident|support request|vorgang(?:s(?:nummer|nr))?|fallnummer|störung|dossier|caso|incidencia|chamado|ocorrência|pratica|segnalazione',
};
const LABEL = '(?:numbers?|numéro|número|numero|nummer|núm|num|nro|nr|no|n|id|code|ref)';
const TOKEN = '((?:[A-Z]{1,6}[-/ ]?)?\\d[\\dA-Z]{0,15}(?:[-/.][\\dA-Z]{1,12}){0,3})(?![\\p{L}\\p{N}])';
const GAP = '[ \\t\\u00a0.:#°º(]{0,4}';
const PATTERNS = Object.entries(NAMES).map(([kind, names]) => ({
  kind: kind as NumberKind,
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${names})(?:s|en)?(${GAP}(?:(?:with|mit|the|der|la)? ?${LABEL}(?![a-zà-ÿ]))?${GAP})${TOKEN}`,
    'giu',
  ),
}));
/** Numbers that carry their own name: `INC0012345`, `PO-4711`, `RE-2026-118`, `[#4711]`. */
const OWN_NAMES: readonly (readonly [NumberKind, RegExp])[] = [
  [
    'invoice',
    /(?<![\p{L}\p{N}])(?:INV|RE|RG|FAC|FV)-?(?<=-|INV)\d{2,10}(?:[-/]\d{1,8}){0,2}(?![\p{L}\p{N}])/gu,
  ],
  ['order', /(?<![\p{L}\p{N}])(?:PO|SO|BE|AB)-?\d{4,12}(?![\p{L}\p{N}])/gu],
  ['ticket', /(?<![\p{L}\p{N}])(?:INC|TKT|REQ|CASE|TICKET)-?\d{3,12}(?![\p{L}\p{N}])/gu],
  ['ticket', /(?<=\[(?:[A-Za-z]{2,12}[ -]?)?#)\d{3,14}(?=\])/gu],
];
/** `order 500 lamps` counts lamps: a bare number of an order has at least this many digits. */
const BARE_ORDER = 5;
const BARE = 4;
const MOST = 60;

/** Order, invoice and ticket numbers of a text. Linear: every part of the patterns is bounded. */
export function findNumbers(text: string): FoundText[] {
  const found: FoundText[] = [];
  for (const { kind, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const token = (match[2] ?? '').replace(/[-/.]+$/, '');
      const start = match.index + match[0].length - (match[2] ?? '').length;
      if (isNumber(token, kind, match[1] ?? '')) found.push(toFound(kind, token, start));
      if (found.length >= MOST) return found;
    }
  }
  for (const [kind, pattern] of OWN_NAMES) {
    for (const match of text.matchAll(pattern)) {
      found.push(toFound(kind, match[0], match.index));
      if (found.length >= MOST) return found;
    }
  }
  return found;
}

function isNumber(token: string, kind: NumberKind, between: string): boolean {
  // `por 2.000`: the names are looked for in any case, the number's own letters are capitals.
  if (/^[a-z]/.test(token)) return false;
  const digits = token.replace(/\D/g, '');
  if (/^\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?$/.test(token) || /^\d{4}-\d{2}-\d{2}$/.test(token)) return false;
  const isMarked = /[#:°º]|\p{L}/u.test(between) || /[A-Za-z]/.test(token) || /\d[-/]\d/.test(token);
  if (isMarked) return digits.length >= 2;
  if (/^(?:19|20)\d\d$/.test(token)) return false;
  return digits.length >= (kind === 'order' ? BARE_ORDER : BARE);
}

function toFound(kind: NumberKind, token: string, start: number): FoundText {
  return { kind, start, end: start + token.length, value: token.toUpperCase().replace(/\s+/g, '') };
}

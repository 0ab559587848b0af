import { findClosing } from './closing-words.ts';
import { isDeviceLine } from './device-line.ts';

const PHONE = /(?:\+|\b|\()\d[\d\s().\-/]{5,20}\d\b/;
const CONTACT =
  /^\W{0,3}(?:tel|telephone|phone|fon|fax|mobil|mobile|cell|handy|office|direct|e-?mail|web|www|url|skype|t|m|f|e|p|d|o|w|tél|móvil|tlf|puh|телефон|тел|电话|電話)\W{0,3}[:.]/i;
const ADDRESS =
  /^\W{0,3}(?:[^\s@]{1,64}@[^\s@]{1,100}|(?:https?:\/\/|www\.)\S{3,150}|<[^>]{3,200}>)\W{0,3}$/i;
const ROLE =
  /\b(?:manager|director|president|engineer|developer|analyst|consultant|assistant|officer|head of|lead|ceo|cto|cfo|coo|vp|founder|sales|support|team|department|desk|services?|inc|llc|llp|ltd|corp|corporation|company|gmbh|ag|kg|e\.k|s\.?a\.?r\.?l|s\.?p\.?a|b\.?v|s\.?l|oy|ab|as|geschäftsführer\p{L}{0,3}|leiter\p{L}{0,3}|abteilung|vertrieb|directeur|responsable|gérante?|direttore|responsabile|gerente|diretor|directeur)\b/iu;
const PLACE =
  /\b(?:street|st\.|road|rd\.|avenue|ave\.|suite|floor|p\.?\s?o\.? box|straße|strasse|str\.|platz|rue|calle|via|viale|rua|straat|gatan)\b|\b\d{4,5}\b/i;
const NAME =
  /^\W{0,3}(?:(?:\p{Lu}[\p{L}'’-]{0,20}|\p{Lu}\.|de|van|von|der|la|del|di|da|ten|y)[ ,]{0,2}){1,5}\W{0,2}$/u;
const RULE = /^\s{0,3}[-_=*~]{3,100}\s*$/;

/**
 * How much a line at the end of a letter looks like a part of its closing: above 0 for, below 0 against. Weights are set
 * by hand: what names a person or how to reach one speaks for, what is a sentence speaks against.
 */
export function scoreSignatureLine(
  line: string,
  names: ReadonlySet<string>,
  place: { readonly last: boolean; readonly apart: boolean },
): number {
  const text = line.trim().slice(0, 300);
  const closing = findClosing(text);
  if (closing !== undefined) return closing === 'farewell' ? 3 : 2.5;
  if (isDeviceLine(text)) return 2.5;
  if (RULE.test(text)) return 0.5;
  const words = text.split(/\s+/);
  const lower = text.toLowerCase().match(/\p{L}{2,30}/gu) ?? [];
  const known = lower.filter((word) => names.has(word)).length;
  let score = -0.6;
  if (words.length <= 5 && known > 0) score += 2.4;
  if (NAME.test(text)) score += text.length <= 40 && words.length <= 4 ? 1.6 : 0.6;
  if (PHONE.test(text)) score += text.length <= 60 ? 2 : 0.3;
  if (CONTACT.test(text)) score += 1.5;
  if (ADDRESS.test(text)) score += 1.4;
  if (ROLE.test(text) && words.length <= 8) score += 0.9;
  if (PLACE.test(text) && words.length <= 10) score += 0.6;
  if (text.length > 60) score -= 1.5;
  if (text.length > 90) score -= 3;
  if (/[.!?]$/.test(text) && words.length > 3) score -= 2;
  if (/[?:]$/.test(text)) score -= 1.5;
  if (/^(?:[-*•]|\d{1,2}[.)])\s/.test(text)) score -= 1.5;
  if (/^\p{Ll}/u.test(text) && known === 0 && !CONTACT.test(text)) score -= 1.2;
  if (words.length > 8) score -= 1.5;
  if (place.apart && place.last && words.length <= 3) score += 0.6;
  return score;
}

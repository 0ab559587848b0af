import type { Random } from './examples.ts';

const TRADES =
  'Systems|Solutions|Group|Logistics|Bank|Media|Software|Consulting|Foods|Energy|Partners|Technologies|Labs|Insurance|Airlines|Motors|Health|Capital|Institute|Hotel|Data|Digital|Trading|Research|Networks|Services|Corporation|International|Associates|Securities|Industries|Agency|Markets|Analytics|Resources|Ratings|Movers|Investments|Holdings|Pharma|Studios|Press|Club|Foundation|Society|Council|Airways|Clinic|Records|Homes|Works|Ventures|Electric|Online|Cloud|Robotics|Interactive|Explorer'.split(
    '|',
  );
const FORMS =
  'GmbH|AG|Ltd|Ltd.|Inc|Inc.|LLC|PLC|S.A.|SARL|S.r.l.|B.V.|SE|and Sons|& Co.|Group|Corp.|Incorporated|Company|KG|Oy|AB|ApS|Pty Ltd'.split(
    '|',
  );
const ENDS =
  'data|soft|tech|ware|works|lytics|hub|cast|pay|ify|ly|ium|on|ex|io|com|net|bank|zone|point|space|med|bio|gen|tron|sys|logic|scope|wise|wave|box|lab|link'.split(
    '|',
  );
const ONSETS = 'b|c|d|f|g|h|k|l|m|n|p|qu|r|s|t|v|w|z|br|cl|cr|dr|fl|gr|pl|pr|sk|sp|st|tr|th|sh'.split('|');
const NUCLEI = 'a|e|i|o|u|a|e|o|ia|io|ea|ee|ai|au|oo'.split('|');
const CODAS = '|||n|r|l|s|x|t|m|nt|rd|ck|st|ll'.split('|');

/** Names of firms in the shapes that firms have, none of them meant to be anyone's. */
export function createFirms(
  random: Random,
  part: { readonly last: () => string; readonly city: () => string; readonly english: readonly string[] },
): () => string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const capital = (word: string) => (word[0] ?? '').toUpperCase() + word.slice(1);
  const syllable = () => pick(ONSETS) + pick(NUCLEI) + pick(CODAS);
  const word = () => capital(pick(part.english));
  const made = () => capital(random() < 0.5 ? syllable() + pick(ENDS) : syllable() + syllable());
  const letters = () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => String.fromCharCode(65 + random() * 26)).join(
      '',
    );
  const { last } = part;
  const shapes: readonly (() => string)[] = [
    () => `${last()} ${pick(TRADES)}`,
    () => `${last()} ${pick(FORMS)}`,
    made,
    made,
    () => `${made()} ${pick(FORMS)}`,
    () => `${made()} ${pick(TRADES)}`,
    () => `${made()} ${pick(TRADES)} ${pick(FORMS)}`,
    () => `${last()}, ${last()} and ${last()}`,
    () => `${last()}-${last()}`,
    () => `${last()}-${last()}`,
    () => `${last()} & ${last()}`,
    word,
    () => `${word()} ${pick(TRADES)}`,
    () => `${word()} ${word()}`,
    () => `${word()} ${word()} ${pick(TRADES)}`,
    () => `${word()} ${word()} ${pick(FORMS)}`,
    () => `${made()} ${word()} ${pick(TRADES)}`,
    () => `${word()}${pick(ENDS)}`,
    () => `${word()}${pick(part.english)}`,
    () => `${word()}${word()}`,
    () => `The ${word()} ${pick(TRADES)}`,
    letters,
    () => `${letters()} ${pick(TRADES)}`,
    () => `${pick(['University', 'Bank', 'Museum', 'Port', 'City', 'Hospital'])} of ${part.city()}`,
    () => `${pick(['Ministry', 'Department', 'Institute', 'Office', 'Board'])} of ${word()}`,
    () => `${part.city()} ${pick(TRADES)}`,
    () => `${word()}${Math.floor(random() * 100)}`,
  ];
  return () => pick(shapes)();
}

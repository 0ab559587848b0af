import { describe, expect, it } from 'vitest';
import { read } from './support/read.ts';

const DAEMON = 'From: MAILER-DAEMON@relay.example\nReturn-Path: <>\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n';

async function recipientsOf(text: string, header = 'Subject: Undelivered mail') {
  const view = await read(`${DAEMON}${header}\n\n${text}`);
  return view.automatic.bounce?.recipients;
}

describe('a bounce without report fields', () => {
  it.each([
    [
      'Postfix',
      '<a@x.example>: host mx.x.example said: 550 5.2.1 Mailbox disabled (in reply to RCPT TO command)',
      '5.2.1',
      'suspend',
    ],
    [
      'qmail',
      "Hi. This is the qmail-send program at q.example.\n<a@x.example>:\nSorry, I couldn't find any host named x.example. (#5.1.2)",
      '5.1.2',
      'hostunknown',
    ],
    [
      'Exim',
      'This message was created automatically by mail delivery software.\n\n  a@x.example\n    mailbox is full: retry timeout exceeded',
      '4.0.922',
      'mailboxfull',
    ],
    [
      'InterScan',
      'Sent <<< RCPT TO:<a@x.example>\nReceived >>> 550 5.1.1 <a@x.example>... user unknown',
      '5.1.1',
      'userunknown',
    ],
    [
      'a Postfix server log',
      ' In:  RCPT TO:<a@x.example>\n Out: 554 5.7.1 <a@x.example>: Relay access denied',
      '5.7.1',
      'norelaying',
    ],
    [
      'Apache James',
      'Error message below:\n550 - no such user here\n\nMessage details:\n  MAIL FROM: b@y.example\n  RCPT TO: a@x.example',
      '5.0.910',
      'filtered',
    ],
  ])('of %s is read', async (_, text, status, reason) => {
    const found = await recipientsOf(text);
    expect(found).toMatchObject([{ address: 'a@x.example', status, reason }]);
  });

  it('takes no sender, and nobody from the returned mail, for a recipient', async () => {
    const text = [
      'Your message',
      '  To:      boss@y.example',
      'could not be delivered:',
      '',
      '<a@x.example>: User unknown',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      'From: me@example.com',
      '',
      '<other@z.example>: not this one',
    ].join('\n');
    expect((await recipientsOf(text))?.map(({ address }) => address)).toEqual(['a@x.example']);
  });

  it('says nothing that it does not know', async () => {
    expect(await recipientsOf('It did not work.')).toEqual([
      { address: '', status: '5.0.900', reason: 'undefined', hard: false },
    ]);
  });
});

describe('a report (RFC 3464)', () => {
  const report = (fields: string, notice = 'It failed.'): string =>
    [
      'Subject: Delivery Status Notification (Failure)',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      `--b\nContent-Type: text/plain\n\n${notice}`,
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n${fields}`,
      '--b\nContent-Type: text/rfc822-headers\n\nMessage-ID:\n <ours@example.com>\nReferences: <other@example.com>',
      '--b--',
    ].join('\n');
  const readReport = async (fields: string, notice?: string) =>
    (await read(`${DAEMON}${report(fields, notice)}`)).automatic.bounce;

  it('gives each recipient its own status, and the id of our mail', async () => {
    const fields = [
      'Final-Recipient: rfc822; A@x.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 User unknown',
      'Action: delayed\nFinal-Recipient: rfc822;b@x.example\nStatus: 4.4.1',
    ].join('\n\n');
    expect(await readReport(fields)).toEqual({
      recipients: [
        { address: 'a@x.example', status: '5.1.1', reason: 'userunknown', hard: true },
        { address: 'b@x.example', status: '4.4.1', reason: 'expired', hard: false },
      ],
      originalMessageId: 'ours@example.com',
    });
  });

  it.each([
    ['552 5.2.2 Over quota', 'mailboxfull'],
    ['550 5.7.26 did not pass the DMARC check', 'authfailure'],
    ['550 5.7.1 Client host rejected: cannot find your hostname', 'requireptr'],
    ['554 5.7.1 This message has been identified as spam', 'spamdetected'],
    ['552 5.3.4 Message too big for system', 'mesgtoobig'],
    ['451 4.7.0 Please try again slower', 'speeding'],
    ['556 5.1.10 Recipient address has null MX', 'notaccept'],
  ])('finds the reason of "%s"', async (answer, reason) => {
    const fields = `Final-Recipient: rfc822; a@x.example\nAction: failed\nDiagnostic-Code: smtp; ${answer}`;
    expect((await readReport(fields))?.recipients).toMatchObject([{ reason }]);
  });

  it('is read in bounded time, whatever it holds', async () => {
    const block =
      'Final-Recipient: rfc822; a@x.example\nDiagnostic-Code: smtp; 550 does not like recipient.\n\n';
    const start = performance.now();
    await readReport(block.repeat(1500), `${'>>> <a@x.example> \n : '.repeat(5000)}`);
    await recipientsOf(`${'unable to deliver user account <a@x.example '.repeat(4000)}`);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

it('reads a complaint (RFC 5965)', async () => {
  const view = await read(
    [
      'From: fbl@provider.example\nSubject: complaint',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b\n',
      '--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <A@provider.example>\n',
      '--b\nContent-Type: message/rfc822\n\nMessage-ID: <ours@example.com>\n\nhello\n--b--',
    ].join('\n'),
  );
  expect(view.automatic).toMatchObject({
    kind: 'notification',
    feedback: {
      type: 'abuse',
      originalRecipient: 'a@provider.example',
      originalMessageId: 'ours@example.com',
    },
  });
});

it('reads what Amazon SES mails as JSON', async () => {
  const sns = (json: string) =>
    read(`From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n${json}\n--\nx`);
  const bounced =
    '"bouncedRecipients":[{"emailAddress":"A@x.example","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]';
  expect((await sns(`{"notificationType":"Bounce","bounce":{${bounced}}}`)).automatic).toMatchObject({
    kind: 'bounce',
    bounce: { recipients: [{ address: 'a@x.example', status: '5.1.1', reason: 'userunknown', hard: true }] },
  });
  const complained =
    '"complainedRecipients":[{"emailAddress":"a@x.example"}],"complaintFeedbackType":"fraud"';
  expect(
    (await sns(`{"notificationType":"Complaint","complaint":{${complained}}}`)).automatic.feedback,
  ).toMatchObject({
    type: 'fraud',
    originalRecipient: 'a@x.example',
  });
});

it('knows a program that reports under an ordinary sender, and not the person who quotes it', async () => {
  const text = 'Your mail could not be delivered: 550 5.1.1 <a@x.example>: User unknown';
  expect((await read(`From: no-reply@carrier.example\nSubject: Notice\n\n${text}`)).automatic.kind).toBe(
    'bounce',
  );
  expect((await read(`From: greta@example.org\nSubject: Help\n\n${text}`)).automatic.kind).toBe('person');
});

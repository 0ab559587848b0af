import { describe, expect, it } from 'vitest';
import { readHtml } from '../support/read.ts';

const OLD = '<p>Shall we meet on Tuesday?</p>';
const HEADER =
  '<b>From:</b> Ann Lee &lt;ann@example.com&gt;<br><b>Sent:</b> Monday, March 4, 2024 10:00<br><b>To:</b> Joe<br><b>Subject:</b> Hi<br>';
const INTRODUCTION = 'On Mon, Mar 4, 2024 at 10:00 AM, Ann Lee &lt;ann@example.com&gt; wrote:';

const MAILS = [
  [
    'Gmail',
    `<div dir="ltr">Yes.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${INTRODUCTION}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid">${OLD}</blockquote></div>`,
  ],
  [
    'Outlook, desktop',
    `<p class="MsoNormal">Yes.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${HEADER}</p></div></div>${OLD}`,
  ],
  [
    'Outlook on the web',
    `<div>Yes.</div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">${HEADER}<div>&nbsp;</div></div><div>${OLD}</div>`,
  ],
  [
    'Apple Mail',
    `<html><body>Yes.<br><div><br><blockquote type="cite"><div>${INTRODUCTION}</div><br><div>${OLD}</div></blockquote></div></body></html>`,
  ],
  [
    'Yahoo',
    `<div>Yes.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>${INTRODUCTION}</div><div><br></div>${OLD}</div>`,
  ],
  [
    'Yahoo, a language unknown to us',
    `<div>Yes.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>Mnamo 4 Machi, Ann Lee aliandika hivi</div>${OLD}</div>`,
  ],
  [
    'Thunderbird',
    `<p>Yes.</p><div class="moz-cite-prefix">Am 04.03.24 um 10:00 schrieb Ann Lee:<br></div><blockquote type="cite" cite="mid:a@b">${OLD}</blockquote>`,
  ],
  [
    'Thunderbird, a language unknown to us',
    `<p>Yes.</p><div class="moz-cite-prefix">Ann Lee aliandika hivi:<br></div><blockquote type="cite" cite="mid:a@b">${OLD}</blockquote>`,
  ],
  [
    'ProtonMail',
    `<div>Yes.</div><div class="protonmail_quote">${INTRODUCTION}<br><blockquote class="protonmail_quote" type="cite">${OLD}</blockquote></div>`,
  ],
] as const;

describe('a quote in HTML', () => {
  it.each(MAILS)('goes (%s), and stays in the whole text', async (_, html) => {
    const view = await readHtml(html);
    expect(view.visibleText).toBe('Yes.');
    expect(view.text).toContain('Shall we meet on Tuesday?');
    expect(view.inlineAnswers).toBe(false);
  });

  it('leaves a forward of Gmail whole and names its sender', async () => {
    const view = await readHtml(
      `<div>FYI</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Ida &lt;ida@shop.example&gt;<br>Date: Mon, 4 Mar 2024<br>Subject: Lamp<br>To: Joe<br></div>${OLD}</div>`,
    );
    expect(view.visibleText).toContain('Shall we meet');
    expect(view.forwardedFrom).toEqual({ name: 'Ida', address: 'ida@shop.example', subject: 'Lamp' });
  });

  it('leaves answers between quotes and says so', async () => {
    const view = await readHtml(
      '<blockquote>First?</blockquote><p>Yes.</p><blockquote>Second?</blockquote><p>No.</p>',
    );
    expect(view).toMatchObject({ visibleText: 'Yes.\n\nNo.', inlineAnswers: true });
  });
});

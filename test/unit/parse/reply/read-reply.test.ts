import { describe, expect, it } from 'vitest';
import { readReply } from '../../../../src/mail/parse/reply/read-reply.ts';
import { readHtml } from '../support/read.ts';

const viewWithoutQuotes = (text: string, subject: string) => {
  const { visible: visibleText, inlineAnswers } = readReply(text, { subject });
  return { visibleText, inlineAnswers };
};

const visible = (text: string, subject = ''): string => viewWithoutQuotes(text, subject).visibleText;

describe('quoted history', () => {
  it.each([
    ['en', 'On Mon, 4 Mar 2024 at 10:00, Ann <ann@example.com> wrote:'],
    ['de', 'Am Mo., 4. März 2024 um 10:00 Uhr schrieb Ann <ann@example.com>:'],
    ['fr', 'Le lun. 4 mars 2024 à 10:00, Ann <ann@example.com> a écrit :'],
    ['es', 'El lun, 4 mar 2024 a las 10:00, Ann (<ann@example.com>) escribió:'],
    ['it', 'Il giorno lun 4 mar 2024 alle ore 10:00 Ann <ann@example.com> ha scritto:'],
    ['pt', 'Em seg., 4 de mar. de 2024 às 10:00, Ann <ann@example.com> escreveu:'],
    ['nl', 'Op ma 4 mrt 2024 om 10:00 schreef Ann <ann@example.com>:'],
  ])('goes with its introduction (%s), marked or not, wrapped or not', (_, line) => {
    expect(visible(`Thanks!\n\n${line}\n> old\n> words`)).toBe('Thanks!');
    expect(visible(`Thanks!\n\n${line}\n\nold words`)).toBe('Thanks!');
    expect(visible(`Thanks!\n\n${line.replace(' <', '\n<').replace(' (<', '\n(<')}\n\n> old words`)).toBe(
      'Thanks!',
    );
  });

  it.each([
    ['en', 'From: Ann\nSent: Monday 10:00\nTo: Joe\nSubject: Hi'],
    ['de', 'Von: Ann\nGesendet: Montag 10:00\nAn: Joe\nBetreff: Hi'],
    ['fr', 'De : Ann\nEnvoyé : lundi 10:00\nÀ : Joe\nObjet : Hi'],
    ['es', '*De:* Ann\n*Enviado el:* lunes 10:00\n*Para:* Joe\n*Asunto:* Hi'],
    ['it', 'Da: Ann\nInviato: lunedì 10:00\nA: Joe\nOggetto: Hi'],
    ['pt', 'De: Ann\nEnviada em: segunda 10:00\nPara: Joe\nAssunto: Hi'],
  ])('goes with an Outlook header (%s)', (_, header) => {
    expect(visible(`Thanks!\n\n________________________________\n${header}\n\nold words`)).toBe('Thanks!');
  });

  it.each([
    'Original Message',
    'Ursprüngliche Nachricht',
    "Message d'origine",
    'Mensaje original',
    'Messaggio originale',
    'Mensagem original',
  ])('goes with "-----%s-----"', (words) =>
    expect(visible(`Thanks!\n\n-----${words}-----\nFrom: Ann\n\nold words`)).toBe('Thanks!'),
  );

  it('leaves a reply below and tells answers between', () => {
    const below = viewWithoutQuotes('On 4 Mar 2024 10:00, Ann wrote:\n> old\n\nMy answer.', '');
    const between = viewWithoutQuotes('Hi Ann,\n> first?\nYes.\n> second?\nNo.', '');
    expect(below).toEqual({ visibleText: 'My answer.', inlineAnswers: false });
    expect(between).toEqual({ visibleText: 'Hi Ann,\n\nYes.\n\nNo.', inlineAnswers: true });
  });

  it('keeps all of it when the writer says that the answers stand in the copy', () => {
    const text =
      'See my answers in red below.\n\nFrom: Ann\nSent: Monday 10:00\nTo: Joe\n\nHow many?\nThree.';
    expect(viewWithoutQuotes(text, '')).toEqual({ visibleText: text, inlineAnswers: true });
  });
});

describe("the customer's own words", () => {
  it('stay when stripping would leave nothing', () => {
    expect(visible('> only a quote')).toBe('> only a quote');
    expect(visible('From: Ann\nSent: Monday\nTo: Joe\n\nforwarded bare')).toContain('forwarded bare');
  });

  it.each([
    'On Monday 4 March your colleague wrote:\nWe will refund you.\nWhere is it?',
    'New request\n\nFrom: Ann\nTo: Sales\nSubject: Price\n\nWhat does it cost?',
    'Please change\n- from: red\n- to: blue\n----\nThanks',
    'He wrote: no.\nI disagree.',
  ])('stay in %j', (text) => expect(visible(text)).toBe(text));

  it('stay in forwards, whatever they hold', () => {
    const gmail =
      'FYI\n\n---------- Forwarded message ---------\nFrom: Ann\nDate: Monday\nSubject: Hi\n\n> old\nwords';
    const outlook = 'FYI\n\nFrom: Ann\nSent: Monday 10:00\nTo: Joe\nSubject: Hi\n\nwords';
    expect(visible(gmail)).toBe(gmail);
    expect(visible(outlook, 'FW: Hi')).toBe(outlook);
    expect(visible(outlook, 'Re: Hi')).toBe('FYI');
  });

  it('stay when HTML indents with a blockquote, and quotes of Gmail and Apple go', async () => {
    const indent = await readHtml(
      '<p>List:</p><blockquote style="margin: 0 0 0 40px; border: none"><p>mine</p></blockquote>',
    );
    const gmail = await readHtml(
      '<div>Thanks</div><div class="gmail_quote"><div>On Mon, 4 Mar 2024 at 10:00, Ann &lt;<a href="mailto:a@b.example">a@b.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid">old</blockquote></div>',
    );
    expect(indent.visibleText).toContain('mine');
    expect(gmail.visibleText).toBe('Thanks');
    expect(gmail.text).toContain('> old');
  });
});

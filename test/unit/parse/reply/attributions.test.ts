import { describe, expect, it } from 'vitest';
import { readReply } from '../../../../src/mail/parse/reply/read-reply.ts';

/** As Gmail, Apple Mail, Outlook, Thunderbird, Yahoo and phones introduce what they quote. */
const INTRODUCTIONS = [
  ['en', 'On Mon, Mar 4, 2024 at 10:00 AM Ann Lee <ann@example.com> wrote:'],
  ['en', 'On 04/03/2024 10:00, Ann Lee wrote:'],
  ['en', 'On 4 Mar 2024, at 10:00, Ann Lee <ann@example.com> wrote:'],
  ['en', 'On Monday, March 4, 2024 at 10:00:00 AM GMT+1, Ann Lee <ann@example.com> wrote:'],
  ['en', 'At 04:32 PM 3/4/2024, you wrote:'],
  ['en', '---- On Mon, 04 Mar 2024 10:00:00 +0100 Ann Lee <ann@example.com> wrote ----'],
  ['en', 'Ann Lee <ann@example.com> wrote on 4 March 2024 at 10:00:'],
  ['en', 'Mon, 4 Mar 2024 10:00:00 +0100 Ann Lee <ann@example.com>:'],
  ['de', 'Am 04.03.2024 um 10:00 schrieb Ann Lee:'],
  ['de', 'Am 4. März 2024 10:00:12 MEZ schrieb Ann Lee <ann@example.com>:'],
  ['de', 'Ann Lee <ann@example.com> schrieb am Mo., 4. März 2024, 10:00:'],
  ['fr', 'Le 4 mars 2024 à 10:00, Ann Lee <ann@example.com> a écrit :'],
  ['fr', 'Le lundi 4 mars 2024 à 10:00:00 UTC+1, Ann Lee <ann@example.com> a écrit :'],
  ['es', 'El 4 mar 2024, a las 10:00, Ann Lee <ann@example.com> escribió:'],
  ['es', 'El lunes, 4 de marzo de 2024, 10:00:00 CET, Ann Lee <ann@example.com> escribió:'],
  ['it', 'Il 04/03/2024 10:00, Ann Lee ha scritto:'],
  ['it', 'In data lunedì 4 marzo 2024 10:00:00 CET, Ann Lee ha scritto:'],
  ['pt', 'Em 4 de mar. de 2024, à(s) 10:00, Ann Lee <ann@example.com> escreveu:'],
  ['nl', 'Op 4 mrt. 2024 om 10:00 heeft Ann Lee <ann@example.com> het volgende geschreven:'],
  ['nl', 'Ann Lee <ann@example.com> schreef op 4 maart 2024 10:00:'],
  ['sv', 'Den mån 4 mars 2024 kl 10:00 skrev Ann Lee <ann@example.com>:'],
  ['sv', '4 mars 2024 kl. 10:00 skrev Ann Lee <ann@example.com>:'],
  ['da', 'Den man. 4. mar. 2024 kl. 10.00 skrev Ann Lee <ann@example.com>:'],
  ['no', 'man. 4. mar. 2024 kl. 10:00 skrev Ann Lee <ann@example.com>:'],
  ['fi', 'ma 4. maalisk. 2024 klo 10.00 Ann Lee (ann@example.com) kirjoitti:'],
  ['pl', 'W dniu 04.03.2024 o 10:00, Ann Lee pisze:'],
  ['pl', 'pon., 4 mar 2024 o 10:00 Ann Lee <ann@example.com> napisał(a):'],
  ['cs', 'po 4. 3. 2024 v 10:00 odesílatel Ann Lee <ann@example.com> napsal:'],
  ['ru', 'пн, 4 мар. 2024 г. в 10:00, Ann Lee <ann@example.com>:'],
  ['ru', '4 марта 2024 г., в 10:00, Ann Lee <ann@example.com> написал(а):'],
  ['ru', '04.03.2024 10:00, Ann Lee пишет:'],
  ['ru', 'Понедельник, 4 марта 2024, 10:00 +03:00 от Ann Lee <ann@example.com>:'],
  ['uk', 'пн, 4 бер. 2024 р. о 10:00 Ann Lee <ann@example.com> пише:'],
  ['tr', 'Ann Lee <ann@example.com>, 4 Mar 2024 Pzt, 10:00 tarihinde şunu yazdı:'],
  ['hu', 'Ann Lee <ann@example.com> ezt írta (időpont: 2024. márc. 4., H, 10:00):'],
  ['ro', 'În lun., 4 mar. 2024 la 10:00, Ann Lee <ann@example.com> a scris:'],
  ['zh', '在 2024年3月4日，上午10:00，Ann Lee <ann@example.com> 写道：'],
  ['zh', 'Ann Lee <ann@example.com> 于2024年3月4日周一 10:00写道：'],
  ['ja', '2024年3月4日(月) 10:00 Ann Lee <ann@example.com>:'],
  ['ja', '2024/03/04 10:00、Ann Lee <ann@example.com>のメール:'],
  ['ko', '2024년 3월 4일 (월) 오전 10:00, Ann Lee <ann@example.com>님이 작성:'],
  ['ko', '2024. 3. 4. 오전 10:00, Ann Lee <ann@example.com> 작성:'],
  ['pt', 'No dia 4 de março de 2024, às 10:00, Ann Lee <ann@example.com> escreveu:'],
  ['hr', 'Dana 04.03.2024. u 10:00, Ann Lee je napisao/la:'],
  ['ca', 'El dl., 4 de març 2024, 10:00, Ann Lee <ann@example.com> va escriure:'],
  ['uk', 'У пн, 4 бер. 2024 р. о 10:00 Ann Lee <ann@example.com> пише:'],
] as const;

/** Known as an introduction only by the marked quote below. */
const QUOTED_ONLY = [
  '* Ann Lee <ann@example.com> [2024-03-04 10:00]:',
  'Zitat von Ann Lee <ann@example.com>:',
  'Ann Lee schreef op 2024-03-04 10:00:',
  'Wiadomość napisana przez Ann Lee <ann@example.com> w dniu 4 mar 2024, o godz. 10:00:',
  'Wiadomość napisana przez Ann Lee w dniu 4 mar 2024,\no godz. 10:00:',
  'Вы писали 4 марта 2024 г., 10:00:12:',
  '2024-03-04 오전 10:00에 Ann Lee 이(가) 쓴 글:',
  'Dne 4. 3. 2024 Ann Lee (10:00):',
] as const;

const DEVICES = [
  'Téléchargez Outlook pour iOS',
  'Skaffa Outlook för iOS',
  'Hanki Outlook for iOS',
  'Získat Outlook pro iOS',
  'Скачать Outlook для iOS',
  'iOS용 Outlook 다운로드',
  'Samsung cihazımdan gönderildi',
] as const;

const HEADERS = [
  ['en', 'From: Ann\nSent: Monday, 4 March 2024 10:00\nTo: Joe\nSubject: Hi'],
  ['de', 'Von: Ann\nGesendet: Montag, 4. März 2024 10:00\nAn: Joe\nBetreff: Hi'],
  ['fr', 'De : Ann\nEnvoyé : lundi 4 mars 2024 10:00\nÀ : Joe\nObjet : Hi'],
  ['es', 'De: Ann\nEnviado: lunes, 4 de marzo de 2024 10:00\nPara: Joe\nAsunto: Hi'],
  ['it', 'Da: Ann\nInviato: lunedì 4 marzo 2024 10:00\nA: Joe\nOggetto: Hi'],
  ['pt', 'De: Ann\nEnviado: 4 de março de 2024 10:00\nPara: Joe\nAssunto: Hi'],
  ['nl', 'Van: Ann\nVerzonden: maandag 4 maart 2024 10:00\nAan: Joe\nOnderwerp: Hi'],
  ['sv', 'Från: Ann\nSkickat: den 4 mars 2024 10:00\nTill: Joe\nÄmne: Hi'],
  ['da', 'Fra: Ann\nSendt: 4. marts 2024 10:00\nTil: Joe\nEmne: Hi'],
  ['fi', 'Lähettäjä: Ann\nLähetetty: maanantai 4. maaliskuuta 2024 10.00\nVastaanottaja: Joe\nAihe: Hi'],
  ['pl', 'Od: Ann\nWysłano: poniedziałek, 4 marca 2024 10:00\nDo: Joe\nTemat: Hi'],
  ['cs', 'Od: Ann\nOdesláno: pondělí 4. března 2024 10:00\nKomu: Joe\nPředmět: Hi'],
  ['ru', 'От: Ann\nОтправлено: 4 марта 2024 г. 10:00\nКому: Joe\nТема: Hi'],
  ['tr', 'Kimden: Ann\nGönderildi: 4 Mart 2024 Pazartesi 10:00\nKime: Joe\nKonu: Hi'],
  ['zh', '发件人: Ann\n发送时间: 2024年3月4日 10:00\n收件人: Joe\n主题: Hi'],
  ['ja', '差出人: Ann\n送信日時: 2024年3月4日 10:00\n宛先: Joe\n件名: Hi'],
  ['fi', 'Lähettäjä: Ann\nPvm: 4.3.2024\nVastaanottaja: Joe\nAihe: Hi'],
  ['zh', '------&nbsp;原始邮件&nbsp;------\n发件人:&nbsp;"Ann"'],
  ['ko', '보낸 사람: Ann\n보낸 날짜: 2024년 3월 4일 10:00\n받는 사람: Joe\n제목: Hi'],
] as const;

describe('an introduction', () => {
  it.each(INTRODUCTIONS)('goes with the marked quote below it (%s): %s', (_, line) => {
    expect(readReply(`Yes, please.\n\n${line}\n\n> Shall we?`)).toMatchObject({ reply: 'Yes, please.' });
  });

  it.each(INTRODUCTIONS)('starts what is not marked (%s): %s', (_, line) => {
    expect(readReply(`Yes, please.\n${line}\n\nShall we?\nAnn`)).toMatchObject({
      reply: 'Yes, please.',
      quoted: `${line}\n\nShall we?\nAnn`,
    });
  });

  it.each(QUOTED_ONLY)('may be one in any language above a marked quote: %s', (line) => {
    expect(readReply(`Yes, please.\n\n${line}\n\n> Shall we?`).reply).toBe('Yes, please.');
    expect(readReply(`Yes, please.\n\n${line}\n\nShall we?`).reply).toContain('Shall we?');
  });

  it('leaves the line above a dated one alone', () => {
    const text = 'It failed again.\n4.3.2024 10:00 Ann Lee je napisala:\n> Hi';
    expect(readReply(text).reply).toBe('It failed again.');
  });

  it.each(DEVICES)('or the reply may end with the line of a phone: %s', (line) => {
    expect(readReply(`Yes, send it on Monday.\n\n${line}`).reply).toBe('Yes, send it on Monday.');
  });

  it.each(HEADERS)('may be a copied header (%s)', (_, header) => {
    expect(readReply(`Yes, please.\n\n${header}\n\nShall we?`).reply).toBe('Yes, please.');
  });

  it('does not take the sentence above it along', () => {
    const text =
      'On the phone we said three.\nWill you come?\nOn 4 Mar 2024, at 10:00, Ann <a@b.example> wrote:\n> Hi';
    expect(readReply(text).reply).toBe('On the phone we said three.\nWill you come?');
  });

  it.each([
    'On 4 March I wrote:\nplease refund me.\nNothing happened.',
    'My order of 04.03.2024 is missing.\nDate: unclear\nSubject: none',
    'In your mail of 4 March you said that it was sent.\nWhere is it?',
    'Am 4. März habe ich geschrieben.\nBis heute keine Antwort.',
  ])('is not seen in what a person says: %j', (text) => expect(readReply(text).reply).toBe(text));
});

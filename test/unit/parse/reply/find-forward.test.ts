import { describe, expect, it } from 'vitest';
import { readReply } from '../../../../src/mail/parse/reply/read-reply.ts';
import { readText } from '../support/read.ts';

const BODY = '\n\nMy lamp is broken.\n\n-- \nIda';

const FORWARDS = [
  [
    'Gmail, en',
    '---------- Forwarded message ---------\nFrom: Ida Ruiz <ida@shop.example>\nDate: Mon, 4 Mar 2024 at 10:00\nSubject: Lamp\nTo: Joe <joe@example.com>',
  ],
  [
    'Gmail, de',
    '---------- Forwarded message ---------\nVon: Ida Ruiz <ida@shop.example>\nDate: Mo., 4. März 2024 um 10:00 Uhr\nSubject: Lamp\nTo: <joe@example.com>',
  ],
  [
    'Thunderbird, de',
    '-------- Weitergeleitete Nachricht --------\nBetreff: \tLamp\nDatum: \tMon, 4 Mar 2024 10:00:00 +0100\nVon: \tIda Ruiz <ida@shop.example>\nAn: \tjoe@example.com',
  ],
  [
    'Apple Mail, en',
    'Begin forwarded message:\n\n> From: Ida Ruiz <ida@shop.example>\n> Subject: Lamp\n> Date: 4 March 2024 at 10:00:00 CET\n> To: joe@example.com',
  ],
  [
    'Apple Mail, fr',
    'Début du message réexpédié :\n\nDe: Ida Ruiz <ida@shop.example>\nObjet: Lamp\nDate: 4 mars 2024 à 10:00:00 UTC+1\nÀ: joe@example.com',
  ],
  [
    'es',
    '---------- Forwarded message ---------\nDe: Ida Ruiz <ida@shop.example>\nDate: lun, 4 mar 2024 a las 10:00\nSubject: Lamp\nTo: Joe',
  ],
  [
    'it',
    '---------- Messaggio inoltrato ---------\nDa: Ida Ruiz <ida@shop.example>\nData: 4 mar 2024\nOggetto: Lamp\nA: Joe',
  ],
  [
    'pt',
    '---------- Mensagem encaminhada ---------\nDe: Ida Ruiz <ida@shop.example>\nData: 4 de mar. de 2024\nAssunto: Lamp\nPara: Joe',
  ],
  [
    'nl',
    '---------- Doorgestuurd bericht ---------\nVan: Ida Ruiz <ida@shop.example>\nDatum: 4 mrt 2024\nOnderwerp: Lamp\nAan: Joe',
  ],
  [
    'sv',
    '---------- Vidarebefordrat meddelande ---------\nFrån: Ida Ruiz <ida@shop.example>\nDatum: 4 mars 2024\nÄmne: Lamp\nTill: Joe',
  ],
  [
    'da',
    '---------- Videresendt meddelelse ---------\nFra: Ida Ruiz <ida@shop.example>\nDato: 4. mar. 2024\nEmne: Lamp\nTil: Joe',
  ],
  [
    'fi',
    '---------- Välitetty viesti ---------\nLähettäjä: Ida Ruiz <ida@shop.example>\nPäivämäärä: 4.3.2024\nAihe: Lamp\nVastaanottaja: Joe',
  ],
  [
    'pl',
    '---------- Przekazana wiadomość ---------\nOd: Ida Ruiz <ida@shop.example>\nData: 4 mar 2024\nTemat: Lamp\nDo: Joe',
  ],
  [
    'cs',
    '---------- Přeposlaná zpráva ---------\nOd: Ida Ruiz <ida@shop.example>\nDatum: 4. 3. 2024\nPředmět: Lamp\nKomu: Joe',
  ],
  [
    'ru',
    '-------- Пересылаемое сообщение --------\nОт: Ida Ruiz <ida@shop.example>\nДата: 4 марта 2024\nТема: Lamp\nКому: Joe',
  ],
  [
    'tr',
    '---------- İletilen mesaj ---------\nGönderen: Ida Ruiz <ida@shop.example>\nTarih: 4 Mar 2024\nKonu: Lamp\nKime: Joe',
  ],
  [
    'zh',
    '---------- 转发的邮件 ---------\n发件人：Ida Ruiz <ida@shop.example>\n日期：2024年3月4日\n主题：Lamp\n收件人：Joe',
  ],
  [
    'ja',
    '---------- 転送メッセージ ---------\n差出人: Ida Ruiz <ida@shop.example>\n日付: 2024年3月4日\n件名: Lamp\n宛先: Joe',
  ],
] as const;

const OUTLOOK =
  'FYI\n\nFrom: Ida Ruiz [mailto:ida@shop.example]\nSent: Monday, 4 March 2024 10:00\nTo: Joe\nSubject: Lamp';
const INNER = { name: 'Ida Ruiz', address: 'ida@shop.example', subject: 'Lamp' };

describe('a forward', () => {
  it.each(FORWARDS)('names who wrote what it hands on (%s)', (_, header) => {
    const { forward, reply } = readReply(`Can you help?\n\n${header}${BODY}`);
    expect(forward).toEqual(INNER);
    expect(reply).toContain('My lamp is broken.');
  });

  it('is known by its subject when no line says so', () => {
    expect(readReply(OUTLOOK + BODY, { subject: 'WG: Lamp' }).forward).toEqual(INNER);
    expect(readReply(OUTLOOK + BODY, { subject: 'Re: Lamp' }).forward).toBeUndefined();
  });

  it.each([
    ['names no address', '---------- Forwarded message ---------\nFrom: Ida Ruiz\nSubject: Lamp'],
    ['copies no header', 'Begin forwarded message:\n\nMy lamp is broken.'],
    ['quotes a reply', 'On Mon, 4 Mar 2024 at 10:00, Ida <ida@shop.example> wrote:\n> My lamp is broken.'],
  ])('is none when it %s', (_, text) => expect(readReply(text).forward).toBeUndefined());

  it('is carried by the view of the message', async () => {
    const view = await readText(`FYI\n\n${FORWARDS[0][1]}${BODY}`);
    expect(view.forwardedFrom).toEqual(INNER);
    expect(view.from.address).toBe('ann@example.com');
  });
});

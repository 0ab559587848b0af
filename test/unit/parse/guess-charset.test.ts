import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { guessCharset } from '../../../src/mail/parse/guess-charset.ts';
import { read, readMail } from './support/read.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const CHINESE = hex('d7aa b7a2 a3ba d5fb cce5 cce1 c9fd c6f3 d2b5 b7fe ceef');
const KOI8 = hex('f0 d2 c9 d7 c5 d4 2c 20 cb c1 cb 20 c4 c5 cc c1');
const WINDOWS = hex('cf f0 e8 e2 e5 f2 2c 20 ea e0 ea 20 e4 e5 eb e0');

describe('a charset that nobody declared', () => {
  it.each([
    ['gb18030', CHINESE],
    ['koi8-r', KOI8],
    ['windows-1251', WINDOWS],
    ['euc-jp', hex('a4b3 a4f3 a4cb a4c1 a4cf c0a4 b3a6')],
    ['shift_jis', iconv.encode('お世話になっております。注文番号4711の件でご連絡します。', 'shift_jis')],
    ['shift_jis', iconv.encode('テストメール', 'shift_jis')],
    ['big5', iconv.encode('您好，我想詢問訂單編號4711的出貨時間，謝謝。', 'big5')],
    [undefined, iconv.encode('Zażółć gęślą jaźń, proszę o fakturę VAT', 'windows-1250')],
    ['windows-1251', iconv.encode('Здравствуйте, когда придёт наш заказ?', 'windows-1251')],
    ['koi8-r', iconv.encode('Здравствуйте, когда придёт наш заказ?', 'koi8-r')],
    ['gb18030', iconv.encode('您好，我想询问订单的发货时间，谢谢。', 'gb18030')],
    [undefined, Buffer.from('Grüße aus München, schöne Träume für Jörg', 'latin1')],
    [undefined, Buffer.from('Événement à préparer côté été', 'latin1')],
  ])('is seen in the bytes: %s', (charset, bytes) => {
    expect(guessCharset(bytes)).toBe(charset);
  });

  it('is seen in a body and in a raw subject', async () => {
    const view = await readMail([], KOI8);
    expect(view.text).toBe('Привет, как дела');
    expect(view.warnings).toContain('charset missing, read as koi8-r');
    const raw = Buffer.concat([Buffer.from('Subject: '), CHINESE, Buffer.from('\nFrom: a@example.com\n\nx')]);
    expect((await read(raw)).subject.startsWith('转发：')).toBe(true);
  });
});

import { expect, it } from 'vitest';
import { detectLanguage } from '../../../src/mail/parse/language.ts';

it.each([
  ['en', 'Could you please tell me where my order is? I have been waiting for two weeks.'],
  ['de', 'Guten Tag, leider ist die Lieferung noch nicht bei uns angekommen.'],
  ['fr', 'Bonjour, je voudrais savoir où en est ma commande, merci de votre réponse.'],
  ['es', 'Buenos días, quisiera saber cuándo llegará mi pedido, muchas gracias.'],
  ['it', 'Buongiorno, vorrei sapere quando arriverà il mio ordine, grazie mille.'],
  ['pt', 'Bom dia, gostaria de saber quando a minha encomenda vai chegar, obrigado.'],
  ['ja', 'お世話になっております。注文した商品がまだ届いていません。'],
])('tells %s', (language, text) => expect(detectLanguage(text, '')).toBe(language));

it('asks the subject when the text is short, and admits when both are', () => {
  expect(detectLanguage('ok', 'Frage zu unserer letzten Bestellung und der Rechnung')).toBe('de');
  expect(detectLanguage('ok', 'Re:')).toBe('und');
  expect(detectLanguage('https://example.com/some/long/path 12345', '')).toBe('und');
});

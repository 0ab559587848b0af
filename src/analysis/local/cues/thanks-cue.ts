import { defineCue } from './define-cue.ts';

/** Thanks as the matter of a message; thanks that close a letter do not count. */
export const thanksCue = defineCue('thanks', {
  en: 'thank you for, thanks for, thanks to, thank you so much, big thank, many thanks for',
  de: 'danke für, dank für, danke an, dank an, bedanken',
  fr: 'merci pour, remercie*, remercier, merci à',
  es: 'gracias por, agradecer, agradecid*, gracias a',
  it: 'grazie per, ringrazia*, grazie a',
  pt: 'obrigado por, obrigada por, obrigado pel*, obrigada pel*, agradecer',
});
